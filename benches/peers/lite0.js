/**
 * EfficientNet-Lite0 for peers: its layers in order, with weights that are drawn, as ours are in the bench (`workloads/photos.rs`): what a
 * network knows takes no time. Loaded by classic and by module workers alike.
 *
 * A layer is `{ op: 'conv' | 'depthwise', size, stride, inputs, outputs, clip, add }`: `clip` if ReLU6 follows, `add` if the input of the
 * block is added to it. After the last comes the mean over all pixels and 1,280 × 1,000 weights.
 */
globalThis.lite0 = () => {
  const layers = [];
  const then = (op, size, stride, inputs, outputs, clip, add = false) => layers.push({ op, size, stride, inputs, outputs, clip, add });
  then('conv', 3, 2, 3, 32, true);
  let inputs = 32;
  for (const [blocks, size, stride, widening, outputs] of [[1, 3, 1, 1, 16], [2, 3, 2, 6, 24], [2, 5, 2, 6, 40], [3, 3, 2, 6, 80], [3, 5, 1, 6, 112], [4, 5, 2, 6, 192], [1, 3, 1, 6, 320]]) {
    for (let block = 0; block < blocks; block += 1) {
      const step = block === 0 ? stride : 1;
      const wide = widening * inputs;
      if (widening > 1) then('conv', 1, 1, inputs, wide, true);
      then('depthwise', size, step, wide, wide, true);
      then('conv', 1, 1, wide, outputs, false, step === 1 && inputs === outputs);
      inputs = outputs;
    }
  }
  then('conv', 1, 1, inputs, 1280, true);
  return layers;
};

/** Weights of a layer, drawn as He does. */
globalThis.drawn = (count, reads) => Float32Array.from({ length: count }, () => Math.sqrt(6 / reads) * (2 * Math.random() - 1));
