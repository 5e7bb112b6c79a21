/**
 * Our own line icons: one path each in a 24 × 24 box, stroke 1.7, round ends. This half is what the first
 * pages show; the other half (icons-more.ts) travels with the pages that need it.
 */
export const coreIcons = {
  home: 'M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  todo: 'M5 4h14v16H5zM9 12l2.3 2.3 4.2-4.6',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20a7.5 7.5 0 0 1 15 0',
  group:
    'M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5zM3 19a6 6 0 0 1 12 0M15.4 5.3a3.3 3.3 0 0 1 0 6M17.4 13.7A6 6 0 0 1 21 19',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3L20 20',
  cal: 'M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4',
  leave: 'M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4M9.8 15h4.4',
  back: 'M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4M9.5 15l1.9 1.9 3.3-3.4',
  seal: 'M12 4a2.9 2.9 0 0 0-2.3 4.6c.9 1.2.8 2.6.3 4.4H7a2 2 0 0 0-2 2v2h14v-2a2 2 0 0 0-2-2h-3c-.5-1.8-.6-3.2.3-4.4A2.9 2.9 0 0 0 12 4zM5 20h14',
  plane: 'M20 4L3.5 10.5l6 3 3 6.5zM20 4L9.5 13.5',
  bag: 'M4 8h16v11H4zM9 8V5h6v3M4 13h16',
  doc: 'M6 4h8l4 4v12H6zM14 4v4h4M9 12h6M9 16h6',
  list: 'M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.6M4 12h.6M4 18h.6',
  wrench:
    'M19.4 7.4L16.5 10.3 13.7 7.5 16.6 4.6A5 5 0 0 0 10.3 11L4.7 16.6a1.9 1.9 0 0 0 2.7 2.7L13 13.7a5 5 0 0 0 6.4-6.3z',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 7.8v4.4l2.8 1.6',
  alert: 'M12 4.5L3.5 19.5h17zM12 10v4.4M12 16.9v.2',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.2',
  check: 'M5 12.5l4.6 4.6L19 7.6',
  x: 'M6 6l12 12M18 6L6 18',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  off: 'M4 4l16 16M3 9.6A13 13 0 0 1 7 7M10.5 5.6A13 13 0 0 1 21 9.6M6 13.2a8.5 8.5 0 0 1 4.2-2.4M14.4 11.2a8.5 8.5 0 0 1 3.6 2M9.3 16.4a4 4 0 0 1 5.4 0M12 19.4v.2',
  refresh: 'M4.5 10.5a7.8 7.8 0 0 1 14.3-2.3M19.5 4v4.5H15M19.5 13.5a7.8 7.8 0 0 1-14.3 2.3M4.5 20v-4.5H9',
} as const;
