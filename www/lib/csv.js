/** Text of comma-separated values: the lines of points that can be read, and tables written out. */

/** x, y, class and perhaps held-out, as the engine reads them. */
const POINT = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*,\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*,\s*\d+\s*(,\s*[01]\s*)?$/i;

/**
 * Keeps the lines that are points; a first line of column names is not counted as bad.
 *
 * @param {string} text
 * @returns {{ text: string, bad: number, total: number }}
 */
export function pointLines(text) {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (lines.length > 0 && /^[^\d.+-]*[a-z]/i.test(lines[0])) lines.shift();
  const good = lines.filter((line) => POINT.test(line));
  return { text: good.map((line) => `${line}\n`).join(''), bad: lines.length - good.length, total: lines.length };
}

/** @param {string[]} head @param {string[][]} rows */
export function writeCsv(head, rows) {
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n';
}

/** @param {string} value */
function cell(value) {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
