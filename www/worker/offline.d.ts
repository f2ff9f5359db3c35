/** What the build writes above the service worker (tools/offline.js): every file of this version, its checksum, and when it is kept. */
declare const SITE: {
  version: string;
  probe: number[];
  files: Record<string, { sum: string; keep: 'first' | 'simd' | 'scalar' | 'used' }>;
};
