import fc from 'fast-check';
import { firstStart, nameStarts, normalName } from '../../../lib/desk/core/normal-name.ts';
import { readQuery } from '../../../lib/desk/search/read-query.ts';

const UUID = '019b8d2c-2796-729e-8081-3d5831ff4ca8';

describe('a name as it is compared', () => {
  it.each([
    ['Семён Ёлкин', 'семен елкин'],
    ['  ANNA   Orlova-Smith ', 'anna orlova smith'],
    ['Zoë STRAẞE', 'zoe strasse'],
    ['Ａｎｎａ', 'anna'],
    ['O’Neil, J.', 'o neil j'],
  ])('R-DESK-10 %s is %s', (name, normal) => {
    expect(normalName(name)).toBe(normal);
  });

  it('R-DESK-10 is short whatever it is made of, and the same when compared again', () => {
    expect(normalName('\uFDFA'.repeat(80)).length).toBeLessThanOrEqual(60);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(normalName(normalName(text))).toBe(normalName(text));
        expect(Buffer.byteLength(normalName(text))).toBeLessThan(250);
      }),
    );
  });

  it('R-DESK-10 is found by the beginning of each of its words', () => {
    expect(nameStarts('Anna Orlova')).toEqual(['anna orlova', 'orlova']);
    expect([firstStart('Anna Orlova', 'orl'), firstStart('Anna Orlova', 'a')]).toEqual([
      'orlova',
      'anna orlova',
    ]);
    expect(firstStart('Anna Orlova', 'lova')).toBeUndefined();
  });
});

describe('what is searched for', () => {
  it.each([
    [`tkt_${UUID}`, { ticketId: `tkt_${UUID}`, phones: [] }],
    [` usr_${UUID.toUpperCase()} `, { userId: `usr_${UUID}`, phones: [] }],
    ['#4 182', { number: 4182, phones: [] }],
    ['# 4\u00A0182', { number: 4182, phones: [] }],
    ['4182', { number: 4182, phones: [] }],
    ['12345678', { number: 12_345_678, phones: ['+12345678'] }],
    ['+7 916 123-45-67', { phones: ['+79161234567'] }],
    ['8 (916) 123-45-67', { phones: ['+89161234567', '+79161234567'] }],
    ['0079161234567', { phones: ['+79161234567'] }],
    ['Anna@Example.com', { email: 'Anna@Example.com', phones: [] }],
    ['Орлов', { name: 'орлов', phones: [] }],
    ['о', { phones: [] }],
    ['...', { phones: [] }],
  ])('R-DESK-10 %s is understood', (typed, meant) => {
    expect(readQuery(typed)).toEqual(meant);
  });
});
