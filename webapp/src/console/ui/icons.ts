/** Line icons of the shell: one path each in a 24 × 24 box, stroke 1.7, as on the phone. */
export const icons = {
  import: 'M12 15V4M7.8 8.2L12 4l4.2 4.2M4.5 14.5V19h15v-4.5',
  runs: 'M4.5 5.5h15M4.5 12h9M4.5 18.5h6M16 14.5l2.2 2.2L22 12.5',
  down: 'M6 9.5l6 6 6-6',
  right: 'M9.5 6l6 6-6 6',
  left: 'M14.5 6l-6 6 6 6',
  x: 'M6 6l12 12M18 6L6 18',
} as const;

export type IconName = keyof typeof icons;
