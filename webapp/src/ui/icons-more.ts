import { addIcons } from './icons.ts';

/** The icons of the pages behind the first one. Importing this file makes their names known to `Ic`. */
export const moreIcons = {
  bell: 'M4 10v4h3l5 4V6l-5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  room: 'M4 20h16M6 20V4.5h8V20M14 8h4v12M11 12v1.5',
  gate: 'M4 20h16M5.5 20V6l7-2v16M12.5 8h6v12M9.5 12v1.5',
  pkg: 'M12 3.5L20 8v8l-8 4.5L4 16V8zM4 8l8 4.5L20 8M12 12.5v8',
  pc: 'M3.5 5h17v11h-17zM9 20h6M12 16v4',
  globe: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c3 2.5 3 13.5 0 16-3-2.5-3-13.5 0-16z',
  contract: 'M6 4h12v16H6zM9 8h6M9 11.5h3M14.3 13a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8z',
  clip: 'M19 11.5l-7 7a4.2 4.2 0 0 1-6-6L13.5 5a2.8 2.8 0 0 1 4 4L10 16.5a1.4 1.4 0 0 1-2-2L14.5 8',
  cam: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  more: 'M5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM18 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0z',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10H9',
  swap: 'M4 9h15l-4-4M20 15H5l4 4',
  addp: 'M10 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3.5 19.5a6.5 6.5 0 0 1 10.5-5M18 14v6M15 17h6',
  chat: 'M4 5h16v11h-9l-4 3.5V16H4z',
  star: 'M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8z',
  tel: 'M6 4h3.5L11 8.5 9 10a10 10 0 0 0 5 5l1.5-2 4.5 1.5V18a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  pin: 'M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2',
  folder: 'M4 6h6l2 2.5h8V19H4z',
  grid: 'M5 5h5.5v5.5H5zM13.5 5H19v5.5h-5.5zM5 13.5h5.5V19H5zM13.5 13.5H19V19h-5.5z',
  send: 'M12 20V5M6 11l6-6 6 6',
  out: 'M11 4H5v16h6M15 8l4 4-4 4M19 12H9.5',
  msg: 'M4 5h16v12H9l-5 3zM8 9.5h8M8 13h5',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  play: 'M7 5l12 7-12 7z',
  pause: 'M8 5v14M16 5v14',
} as const;

addIcons(moreIcons);
