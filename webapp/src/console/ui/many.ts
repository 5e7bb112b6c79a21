/** An act on more people than this is typed before it is done (CONSOLE.md section 6). */
export const MANY = 50;
