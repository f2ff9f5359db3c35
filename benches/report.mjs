// What was measured, as lines of text: medians over the rounds, and ratios taken round by round.

/** @typedef {{ rate: number, operations: number, share: number }} Entry one contestant's round: units, operations, share of the peak */

/** Every entry, by work and contestant. */
export class Results {
  /** @type {Map<string, Entry[]>} */
  #entries = new Map();

  /** @param {string} name @param {string} id @param {Entry} entry */
  add(name, id, entry) {
    const key = `${name}|${id}`;
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry]);
  }

  /** @param {string} name @param {string} id */
  of(name, id) {
    return this.#entries.get(`${name}|${id}`) ?? [];
  }

  /** Units a second. @param {string} name @param {string} id */
  rate(name, id) {
    return median(this.of(name, id).map(({ rate }) => rate));
  }

  /** Operations a second, in 10⁹. @param {string} name @param {string} id */
  speed(name, id) {
    return median(this.of(name, id).map(({ operations }) => operations)) / 1e9;
  }

  /** Of the peak. @param {string} name @param {string} id */
  share(name, id) {
    return median(this.of(name, id).map(({ share }) => share));
  }

  /** How many times as fast `a` was as `b`. @param {string} name @param {string} a @param {string} b */
  ratio(name, a, b) {
    const theirs = this.of(name, b);
    return median(this.of(name, a).flatMap(({ rate }, round) => (round in theirs ? [rate / theirs[round].rate] : [])));
  }
}

/**
 * @param {Results} results
 * @param {string[]} ids ours first: with simd, then without
 * @param {string[]} products names of the matrix products
 */
export function report(results, ids, products) {
  const [simd, scalar] = ids;
  const trainings = ['W1', 'W1b', 'W2', 'W3t', 'W3i', 'W3bt', 'W3bi', 'W5'];
  const fields = ['W4s', 'W4l'];
  const photos = ['W6f', 'W6b'];
  const ms = (/** @type {string} */ name, /** @type {string} */ id) => number(1000 / results.rate(name, id));
  const share = (/** @type {string} */ name) => percent(results.share(name, simd));
  const gain = (/** @type {string} */ name) => times(results.ratio(name, simd, scalar));
  const rate = (/** @type {string} */ name, /** @type {string} */ id) => number(results.rate(name, id));
  return [
    `peak, 13 accumulators: ${ids.slice(0, 2).map((id) => `${results.speed('peak', id).toFixed(1)} GFLOP/s ${id}`).join(', ')}`,
    'training (W3i, W3bi: inference; W5: attack), samples a second; fields, and a photo named (W6b: with its gradient), ms',
    table([
      ['', ...ids, 'of peak'],
      ...trainings.map((name) => [name, ...ids.map((id) => rate(name, id)), share(name)]),
      ...[...fields, ...photos].map((name) => [name, ...ids.map((id) => ms(name, id)), share(name)]),
    ]),
    `${simd}: how many times as fast as each`,
    table([
      ['', ...ids.slice(1)],
      ...[...trainings, ...fields, ...photos].map((name) => [name, ...ids.slice(1).map((id) => times(results.ratio(name, simd, id)))]),
    ]),
    'a whole figure, through the class Lab',
    table([
      ['', simd, scalar],
      ...['Lab 8,8', 'Lab 64,64,64'].map((name) => [`${name}, samples a second`, rate(name, simd), rate(name, scalar)]),
      ...['draw 100', 'draw 512'].map((name) => [`${name}, ms`, ms(name, simd), ms(name, scalar)]),
    ]),
    'kernels: GFLOP/s; ns an element',
    table([
      ['', simd, scalar, 'of peak', 'simd : scalar'],
      ...products.map((name) => {
        const speeds = [simd, scalar].map((id) => results.speed(name, id).toFixed(1));
        return [name.slice(5).replaceAll(' ', ' × '), ...speeds, share(name), gain(name)];
      }),
      ...['tanh', 'exp'].map((name) => {
        const each = [simd, scalar].map((id) => (1e9 / results.rate(name, id)).toFixed(2));
        return [`${name}, ns`, ...each, '', gain(name)];
      }),
    ]),
  ].join('\n\n');
}

/** The median; NaN of nothing. @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  return sorted.length === 0 ? NaN : (sorted[low] + sorted[high]) / 2;
}

/** Rows as lines, the first column to the left, the others to the right. @param {string[][]} rows */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (/** @type {string} */ cell, /** @type {number} */ i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  return rows.map((row) => row.map(pad).join('  ')).join('\n');
}

/** @param {number} v */
function number(v) {
  if (Number.isNaN(v)) return '–';
  return v >= 1e6 ? `${(v / 1e6).toFixed(2)} M` : v >= 1e3 ? `${(v / 1e3).toFixed(1)} k` : v.toPrecision(3);
}

/** @param {number} v */
function times(v) {
  return Number.isNaN(v) ? '–' : `${v < 10 ? v.toFixed(1) : Math.round(v)}×`;
}

/** @param {number} v */
function percent(v) {
  return `${Math.round(100 * v)} %`;
}
