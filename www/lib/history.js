/** Reading the loss curve: rows of step, train loss, test loss, … */

/**
 * The last moment before a loss ran away: the newest row that is still a number and not far above the lowest before it.
 *
 * @param {ArrayLike<number>} history
 * @param {number} columns
 * @returns {number} its step; 0 when there is none
 */
export function lastGood(history, columns) {
  let lowest = Infinity;
  let good = 0;
  for (let i = 0; i + 1 < history.length; i += columns) {
    const loss = history[i + 1];
    if (!Number.isFinite(loss)) continue;
    lowest = Math.min(lowest, loss);
    if (loss <= 2 * lowest) good = history[i];
  }
  return good;
}
