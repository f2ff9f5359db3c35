// Lines of points kept and tables written.
import assert from 'node:assert/strict';
import test from 'node:test';
import { pointLines, writeCsv } from './csv.js';

test('good lines are kept, bad ones counted, a header passed over', () => {
  const { text, bad, total } = pointLines('x,y,class\n0.1,-.2,0\n1,2\r\n3e-1, 4 , 1, 1\n\nnope\n');
  assert.equal(text, '0.1,-.2,0\n3e-1, 4 , 1, 1\n');
  assert.deepEqual([bad, total], [2, 4]);
});

test('an empty file has no lines', () => {
  assert.deepEqual(pointLines('\n\n'), { text: '', bad: 0, total: 0 });
});

test('a table is quoted where it must be', () => {
  assert.equal(writeCsv(['a', 'b'], [['1,5', 'say "x"']]), 'a,b\n"1,5","say ""x"""\n');
});
