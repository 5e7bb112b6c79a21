import { addIcons } from '../ui/icons.ts';

/** Icons that only the sandbox phone shows, drawn in the same hand as ui/icons-core.ts. */
addIcons({
  keyboard: 'M3.5 6.5h17v11h-17zM7 10h.6M10.3 10h.6M13.6 10h.6M16.9 10h.6M8 14h8',
  incoming: 'M4 12h16M14 6l6 6-6 6',
  outgoing: 'M20 12H4M10 6l-6 6 6 6',
  dot: 'M11 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0z',
  copy: 'M8.5 8.5H19V20H8.5zM15.5 8.5V4H5v11.5h3.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.8v1.8M12 19.4v1.8M2.8 12h1.8M19.4 12h1.8M5.5 5.5l1.3 1.3M17.2 17.2l1.3 1.3M18.5 5.5l-1.3 1.3M6.8 17.2l-1.3 1.3',
  pulse: 'M3 12h4l2.5-6 4.5 12 2.5-6H21',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4L16 12l4 4M9 8.6a1 1 0 1 0 0 2 1 1 0 0 0 0-2z',
  external: 'M13 5h6v6M19 5l-8.5 8.5M17 14v5H5V7h5',
});
