// Reads a wasm module's functions and their names, to say which part of the Rust each byte of code comes from.

/** @param {Uint8Array} bytes */
function reader(bytes) {
  let at = 0;
  return {
    get at() {
      return at;
    },
    set at(value) {
      at = value;
    },
    byte: () => bytes[at++] ?? 0,
    /** Unsigned LEB128. */
    u32() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++] ?? 0;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value >>> 0;
      }
    },
    text() {
      const length = this.u32();
      at += length;
      return new TextDecoder().decode(bytes.subarray(at - length, at));
    },
  };
}

const CUSTOM = 0;
const CODE = 10;
const FUNCTION_NAMES = 1;

/**
 * @param {Uint8Array} bytes a module that still has its "name" section
 * @returns {{ name: string, bytes: number }[]} one per function defined here
 */
export function functionSizes(bytes) {
  const module = new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  const imported = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'function').length;
  /** @type {number[]} */
  const sizes = [];
  /** @type {Map<number, string>} */
  const names = new Map();
  const read = reader(bytes);
  read.at = 8;
  while (read.at < bytes.length) {
    const id = read.byte();
    const length = read.u32();
    const end = read.at + length;
    if (id === CODE) {
      for (let left = read.u32(); left > 0; left--) {
        const size = read.u32();
        sizes.push(size);
        read.at += size;
      }
    } else if (id === CUSTOM && read.text() === 'name') {
      while (read.at < end) {
        const kind = read.byte();
        const subEnd = read.u32() + read.at;
        if (kind === FUNCTION_NAMES) {
          for (let left = read.u32(); left > 0; left--) names.set(read.u32(), read.text());
        }
        read.at = subEnd;
      }
    }
    read.at = end;
  }
  return sizes.map((size, index) => ({ name: names.get(imported + index) ?? '', bytes: size }));
}
