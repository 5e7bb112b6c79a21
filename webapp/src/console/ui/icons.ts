/** Line icons of the shell: one path each in a 24 × 24 box, stroke 1.7, as on the phone. */
export const icons = {
  org: 'M9 4h6v4.5H9zM3.5 15.5h6V20h-6zM14.5 15.5h6V20h-6zM12 8.5V12M6.5 15.5V12h11v3.5',
  people: 'M12 5a3.4 3.4 0 1 0 0 6.8A3.4 3.4 0 0 0 12 5zM5 19.5c.6-3.6 3.4-5.4 7-5.4s6.4 1.8 7 5.4',
  import: 'M12 15V4M7.8 8.2L12 4l4.2 4.2M4.5 14.5V19h15v-4.5',
  sources:
    'M5 6.5C5 5.1 8.1 4 12 4s7 1.1 7 2.5S15.9 9 12 9 5 7.9 5 6.5zM5 6.5v11C5 18.9 8.1 20 12 20s7-1.1 7-2.5v-11M5 12c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5',
  runs: 'M4.5 5.5h15M4.5 12h9M4.5 18.5h6M16 14.5l2.2 2.2L22 12.5',
  drift: 'M8 5v14M8 5L4.8 8.2M8 5l3.2 3.2M16 19V5M16 19l-3.2-3.2M16 19l3.2-3.2',
  correct: 'M4.5 19.5l.8-3.6L15.6 5.6l2.8 2.8L8.1 18.7zM13.4 7.8l2.8 2.8M12.5 19.5h7',
  request: 'M6.5 4h8l3.5 3.5V20h-11.5zM14 4v4h4M9 12h6M9 15.5h6',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  leave: 'M14 4.5H5.5v15H14M10 12h10M16.5 8.5L20 12l-3.5 3.5',
  late: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2',
  exchange: 'M4.5 8.5h14l-3.5-3.5M19.5 15.5h-14l3.5 3.5',
  inspect:
    'M3 12c2.6-4 5.6-6 9-6s6.4 2 9 6c-2.6 4-5.6 6-9 6s-6.4-2-9-6zM12 9.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z',
  rights: 'M12 3.8l7 2.6v5c0 4.2-2.8 7.2-7 8.8-4.2-1.6-7-4.6-7-8.8v-5zM9 12l2.2 2.2L15.3 10',
  audit: 'M6.5 4h11v16h-11zM9.5 8.5h5M9.5 12h5M9.5 15.5h3',
  down: 'M6 9.5l6 6 6-6',
  right: 'M9.5 6l6 6-6 6',
  left: 'M14.5 6l-6 6 6 6',
  x: 'M6 6l12 12M18 6L6 18',
} as const;

export type IconName = keyof typeof icons;
