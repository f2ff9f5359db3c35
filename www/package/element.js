/** `import 'uncrumple'` for a bundler: defines `<uncrumple-lab>`. */
export { UncrumpleLab } from '../element/uncrumple-lab.js';
export { LabError } from '../worker/protocol.js';
