import { describe, expect, it } from 'vitest';
import { cleanName, typeOfUpload } from './sniff.ts';

const hex = (text: string) =>
  Buffer.concat([Buffer.from(text.replace(/ /g, ''), 'hex'), Buffer.alloc(40, 1)]);
const HEIC = '00000018 66747970 68656963';

describe('type of an upload', () => {
  it.each([
    ['证明.jpg', 'ffd8ffe0', 'image/jpeg'],
    ['证明.JPEG', 'ffd8ffe1', 'image/jpeg'],
    ['a.png', '89504e470d0a1a0a', 'image/png'],
    ['a.webp', '52494646 00000000 57454250', 'image/webp'],
    ['IMG_1.HEIC', HEIC, 'image/heic'],
    ['a.b.pdf', '255044462d312e37', 'application/pdf'],
    ['a.xls', 'd0cf11e0a1b11ae1', 'application/vnd.ms-excel'],
  ])('%s of %s is %s', (name, bytes, type) => {
    expect(typeOfUpload(name, hex(bytes))).toBe(type);
  });

  it.each([
    ['a page dressed as a picture', 'a.png', '3c68746d6c3e'],
    ['a picture of another kind', 'a.png', 'ffd8ffe0'],
    ['a page', 'a.html', '3c68746d6c3e'],
    ['a drawing that can hold scripts', 'a.svg', '3c737667'],
    ['a program', 'a.exe', '4d5a'],
    ['a sound that starts like webp', 'a.webp', '52494646 00000000 57415645'],
    ['three zero bytes', 'a.heic', '00000018 00000000 00000000'],
    ['a film', 'a.heic', '00000018 66747970 6d703432'],
    ['no extension', 'png', '00'],
    ['only a dot', '.', 'ffd8ff'],
    ['a name of every object', 'a.constructor', 'ffd8ff'],
    ['__proto__', 'a.__proto__', 'ffd8ff'],
  ])('%s is refused', (_what, name, bytes) => {
    expect(typeOfUpload(name, hex(bytes))).toBeNull();
  });

  it('nothing at all is refused', () => {
    expect(typeOfUpload('a.png', Buffer.alloc(0))).toBeNull();
  });
});

describe('name of an upload', () => {
  it.each([
    ['../../etc/passwd.png', 'passwd.png'],
    ['C:\\fakepath\\诊断证明.jpg', '诊断证明.jpg'],
    ['a\u0000b\r\n.png', 'ab.png'],
    ['fdp\u202egnp.exe', 'fdpgnp.exe'],
    ['   ', '附件'],
    ['', '附件'],
    ['/', '附件'],
  ])('%j becomes %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean);
  });

  it('a long one keeps its end, where the extension is', () => {
    expect(cleanName(`${'长'.repeat(300)}.png`)).toHaveLength(200);
    expect(cleanName(`${'长'.repeat(300)}.png`)).toMatch(/\.png$/);
  });
});
