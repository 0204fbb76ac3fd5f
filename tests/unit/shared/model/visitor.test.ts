import { expect, it } from 'vitest';
import { liveVisitorName, visitorName, visitorNumber } from '../../../../shared/model/visitor.ts';

const id = 'vis_Zm9vYmFyYmF6cXV4MTIzNA';

it('who has told no name has a number that is always the same', () => {
  expect(visitorNumber(id)).toBe('8907');
  expect(visitorName({ id, name: null, email: null })).toBe('Visitor 8907');
});

it('a name or address, told here or of the same person, takes its place', () => {
  const mergedInto = { name: 'Ada', email: null };
  expect(visitorName({ id, name: 'Eve', email: 'eve@shop.example', mergedInto })).toBe('Eve');
  expect(visitorName({ id, name: null, email: 'eve@shop.example', mergedInto })).toBe('Ada');
  expect(visitorName({ id, name: null, email: 'eve@shop.example' })).toBe('eve@shop.example');
});

it('on the site it is the name that the record has, and the stay’s own where there is none', () => {
  const live = { id: 'liv_1', visitorId: id, name: null };
  expect(liveVisitorName(live)).toBe('Visitor 8907');
  expect(liveVisitorName({ ...live, name: 'Ada' })).toBe('Ada');
  expect(liveVisitorName({ ...live, visitorId: null })).toBe(`Visitor ${visitorNumber('liv_1')}`);
});

it('a thousand visitors have some 950 numbers: nearly as many as chance allows', () => {
  const numbers = Array.from({ length: 1_000 }, (_, at) => visitorNumber(`vis_${at}abcdefghijklmnopqrs`));
  expect(numbers.every((number) => /^\d{4}$/.test(number))).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(920);
});
