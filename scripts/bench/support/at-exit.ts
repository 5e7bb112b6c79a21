const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let listening = false;

/**
 * Run this when the bench ends before its time, also by Ctrl-C or `timeout`: no server of ours stays behind. Returns
 * the way to take it back.
 */
export function atExit(clean: () => void): () => void {
  if (!listening) for (const signal of SIGNALS) process.on(signal, () => process.exit(1));
  listening = true;
  process.once('exit', clean);
  return () => void process.off('exit', clean);
}
