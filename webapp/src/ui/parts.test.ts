import { describe, expect, it } from 'vitest';
import { piecesOf } from '../features/directory/pieces.ts';
import { scaledSize } from '../features/approvals/form/scale-photo.ts';
import { avatarColour, avatarLetter } from './avatar.ts';
import { coreIcons } from './icons-core.ts';
import { moreIcons } from './icons-more.ts';
import { iconPath } from './icons.ts';

describe('avatars', () => {
  it('give a name the same colour every time', () => {
    expect(avatarColour('张老师')).toBe(avatarColour('张老师'));
    expect(avatarColour('张老师')).toMatch(/^var\(--av[0-5]\)$/);
  });
  it('show the surname, also outside the basic plane', () => {
    expect([avatarLetter(' 王处长'), avatarLetter('𠮷田'), avatarLetter('')]).toEqual(['王', '𠮷', '']);
  });
});

describe('icons', () => {
  it('have unique names and paths', () => {
    const names = [...Object.keys(coreIcons), ...Object.keys(moreIcons)];
    const paths = [...Object.values(coreIcons), ...Object.values(moreIcons)];
    expect(new Set(names).size).toBe(names.length);
    expect(paths.every((path) => /^M[\d\sA-Za-z.,-]+$/.test(path))).toBe(true);
  });
  it('fall back to a sheet of paper', () => expect(iconPath('no-such-icon')).toBe(coreIcons.doc));
});

describe('names found by a search', () => {
  it('mark the characters the server names', () => {
    expect(piecesOf('欧阳老师', { from: 0, to: 2 })).toEqual([
      { text: '欧阳', hit: true },
      { text: '老师', hit: false },
    ]);
    expect(piecesOf('张老师', null)).toEqual([{ text: '张老师', hit: false }]);
  });
});

describe('photos', () => {
  it('are scaled to 1600 px on the long side, small ones not at all', () => {
    expect(scaledSize(4000, 3000)).toEqual({ width: 1600, height: 1200 });
    expect(scaledSize(1200, 1600)).toBeNull();
  });
});
