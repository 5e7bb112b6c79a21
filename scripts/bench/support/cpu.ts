import { readFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';

// Linux counts in hundredths of a second (USER_HZ) on every architecture Node runs on.
const MS_PER_TICK = 10;

/**
 * Processor time a process has used so far, in ms; NaN where there is no /proc. Unlike requests a second it says
 * the same on a busy machine.
 */
export function cpuMs({ pid }: Pick<ChildProcess, 'pid'>): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(user) + Number(system)) * MS_PER_TICK;
  } catch {
    return Number.NaN;
  }
}

/** Run the work and add what the process used for each of its `count` parts, in microseconds. */
export async function withCpu<T extends object>(
  child: Pick<ChildProcess, 'pid'>,
  count: number,
  work: () => Promise<T>,
): Promise<T & { cpuMicros: number }> {
  const before = cpuMs(child);
  const result = await work();
  return { ...result, cpuMicros: Math.round(((cpuMs(child) - before) * 1000) / count) };
}
