/** Lets go of the main thread: what was built is laid out and pressed keys are heard, before more is built. Not a frame, which no hidden page has. */
export const breath = () => new Promise((resolve) => setTimeout(resolve));
