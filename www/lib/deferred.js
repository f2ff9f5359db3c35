/** A promise and what settles it, for what ends elsewhere than it began. Nobody has to ask how it ended. */
export function deferred() {
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {(reason: unknown) => void} */
  let reject = () => {};
  const promise = /** @type {Promise<void>} */ (
    new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    })
  );
  promise.catch(() => {}); // whoever asked is told
  return { promise, resolve, reject };
}
