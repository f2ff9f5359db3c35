/** GLSL of the stage: paper with printed lines, creases and a shadow on itself, the table's shadow, points, the cut. */

/** How much of the lamp's light a point of space gets: the share of nearby texels of the shadow map that it is not behind. */
const LIT = /* glsl */ `
uniform sampler2D shadows;
uniform mat4 lamp;
vec3 seenByLamp(vec3 p) {
  vec4 q = lamp * vec4(p, 1.0);
  return q.xyz / q.w * 0.5 + 0.5;
}
float lit(vec3 p, float bias, float radius) {
  vec3 s = seenByLamp(p);
  float sum = 0.0;
  for (int i = -1; i <= 1; i++) for (int j = -1; j <= 1; j++) {
    vec2 at = s.xy + vec2(i, j) * radius / 1024.0;
    sum += step(s.z - bias, texture(shadows, at).r);
  }
  return sum / 9.0;
}
`;

export const paper = {
  vertex: /* glsl */ `
in float bend;
in float sheet;
out vec3 vAt;
out vec3 vNormal;
out vec2 vUv;
out float vBend;
flat out int vSheet;
void main() {
  vAt = position;
  vNormal = normal;
  vUv = uv;
  vBend = bend;
  vSheet = int(sheet + 0.5);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(vAt, 1.0);
}`,
  fragment: /* glsl */ `
precision highp float;
${LIT}
uniform vec3 eye;
uniform vec3 sun;
uniform vec3 papers[2];
uniform vec3 inks[2];
uniform vec3 light;
uniform float plain;
uniform float dark;
uniform sampler2D photo;
uniform float printed;
in vec3 vAt;
in vec3 vNormal;
in vec2 vUv;
in float vBend;
flat in int vSheet;
out vec4 colour;
float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
float grain(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}
void main() {
  vec3 facet = normalize(cross(dFdx(vAt), dFdy(vAt)));
  vec3 n = normalize(vNormal);
  if (dot(facet, eye - vAt) < 0.0) facet = -facet;
  bool behind = dot(n, facet) < 0.0;
  if (behind) n = -n;
  // A sheet is smooth between its creases and breaks at them.
  float bend = behind ? -vBend : vBend;
  n = normalize(mix(n, facet, 0.3 * smoothstep(0.05, 0.35, abs(bend))));
  float toLamp = dot(n, sun);
  float shade = lit(vAt + n * 0.035, 0.006, 1.4);
  float sunlight = max(toLamp, 0.0) * shade;
  float through = max(-toLamp, 0.0) * 0.2;
  float intensity = light.x + light.y * (0.5 + 0.5 * n.z) + light.z * sunlight + through;
  // Worn white on ridges, dark in valleys.
  intensity *= 1.0 - 0.30 * smoothstep(0.02, 0.5, -bend);
  float ridge = smoothstep(0.10, 0.6, bend);
  vec2 cells = vUv * 14.0;
  vec2 off = abs(cells - round(cells));
  vec2 wide = fwidth(cells);
  vec2 drawn = 1.0 - smoothstep(vec2(0.02), vec2(0.02) + 1.2 * wide, off);
  float line = max(drawn.x, drawn.y) * clamp(0.9 / (1.0 + 2.0 * max(wide.x, wide.y)), 0.0, 1.0);
  vec3 base = papers[vSheet];
  if (behind) base = mix(base, dark > 0.5 ? vec3(0.16, 0.18, 0.2) : vec3(1.0), dark > 0.5 ? 0.14 : 0.28);
  base = mix(base, inks[vSheet], line * plain * (behind ? 0.35 : 0.8));
  if (printed > 0.5) {
    vec3 picture = texture(photo, behind ? vec2(1.0 - vUv.x, vUv.y) : vUv).rgb;
    base = mix(base, picture, behind ? 0.45 : 0.9);
  }
  base *= 0.985 + 0.03 * grain(vUv * 220.0);
  base = mix(base, vec3(1.0), 0.22 * ridge * (1.0 - 0.5 * dark));
  colour = vec4(base * pow(min(intensity, 1.25), 0.9), 1.0);
}`,
};

/** The same paper as the lamp sees it: only how far away it is. */
export const depth = {
  vertex: /* glsl */ `
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
  fragment: /* glsl */ `
precision highp float;
out vec4 colour;
void main() { colour = vec4(1.0); }`,
};

/** How dark the table is, looked down on: worked out once a scene, and so small that its pixels blur by themselves. */
export const shade = {
  vertex: /* glsl */ `
out vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`,
  fragment: /* glsl */ `
precision highp float;
${LIT}
uniform float floorAt;
uniform float reach;
in vec2 vUv;
out vec4 colour;
void main() {
  vec2 at = (vUv * 2.0 - 1.0) * reach;
  float dark = 0.0;
  float weight = 0.0;
  for (int i = -4; i <= 4; i++) for (int j = -4; j <= 4; j++) {
    float w = exp(-0.11 * float(i * i + j * j));
    vec3 s = seenByLamp(vec3(at + vec2(i, j) * 0.045, floorAt));
    dark += w * (1.0 - step(s.z - 0.004, texture(shadows, s.xy).r));
    weight += w;
  }
  float fade = 1.0 - smoothstep(1.7, reach, length(at));
  colour = vec4(vec3(dark / weight * fade), 1.0);
}`,
};

export const table = {
  vertex: /* glsl */ `
out vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`,
  fragment: /* glsl */ `
precision highp float;
uniform sampler2D shades;
uniform float strength;
uniform vec2 picture;
in vec2 vUv;
out vec4 colour;
void main() {
  // Nothing ends at the picture's edge.
  vec2 edge = min(gl_FragCoord.xy, picture - gl_FragCoord.xy) / (picture * vec2(0.16, 0.14));
  vec2 fade = smoothstep(0.0, 1.0, edge);
  colour = vec4(0.02, 0.03, 0.06, strength * fade.x * fade.y * texture(shades, vUv).r);
}`,
};

/** Discs for the first class, diamonds for the second; who is told apart wrongly wears a ring. */
export const points = {
  vertex: /* glsl */ `
uniform float size;
in vec2 answer;
flat out int vClass;
flat out int vWrong;
void main() {
  vClass = int(answer.x + 0.5);
  vWrong = int((answer.y > 0.5) != (answer.x > 0.5));
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  at.z += 0.03;
  gl_Position = projectionMatrix * at;
  gl_PointSize = size * (vWrong == 1 ? 1.9 : 1.0) * 6.2 / -at.z;
}`,
  fragment: /* glsl */ `
precision highp float;
uniform vec3 marks[2];
uniform vec3 ring;
flat in int vClass;
flat in int vWrong;
out vec4 colour;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float r = vClass == 0 ? length(p) : abs(p.x) + abs(p.y);
  if (r > 1.0) discard;
  colour = vec4(vWrong == 1 && r > 0.6 ? ring : marks[vClass], 1.0);
}`,
};

export const cut = {
  vertex: /* glsl */ `
out vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`,
  fragment: /* glsl */ `
precision highp float;
uniform vec3 ink;
uniform float strength;
in vec2 vUv;
out vec4 colour;
void main() {
  vec2 cells = vUv * 10.0;
  vec2 off = abs(cells - round(cells));
  vec2 drawn = 1.0 - smoothstep(vec2(0.0), 1.5 * fwidth(cells), off);
  float fade = 1.0 - smoothstep(0.3, 0.5, length(vUv - 0.5));
  colour = vec4(ink, strength * fade * (0.10 + 0.35 * max(drawn.x, drawn.y)));
}`,
};
