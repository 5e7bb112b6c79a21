import { addIcons } from '../../ui/icons.ts';

/** Kinds of repairs that no other page shows. */
addIcons({
  drop: 'M12 3.5c3.5 4.2 6 7 6 10.3a6 6 0 0 1-12 0c0-3.3 2.5-6.1 6-10.3z',
  bolt: 'M13 3.5L5.5 13.5H11L10 20.5 18.5 10H13z',
  air: 'M4 6h16v6H4zM7 9h10M7 15v4M12 15v4M17 15v4',
  leaf: 'M19.5 4.5C11 4.5 5.5 8 5.5 13.5a5 5 0 0 0 5 5c6 0 9-6 9-14zM4 20.5c2-4.5 5-7.5 9-9.5',
});
