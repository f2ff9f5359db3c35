/** The scene in WebGL: two sheets in one draw call, four thousand points in another, the cut, the table and its shadow. The only file that imports three. */
import {
  BufferAttribute, BufferGeometry, CanvasTexture, DepthTexture, DoubleSide, DynamicDrawUsage, GLSL3, LinearFilter, Mesh, NearestFilter, OrthographicCamera, PerspectiveCamera,
  PlaneGeometry, Points, Scene as Space, ShaderMaterial, Texture, Vector2, Vector3, WebGLRenderTarget, WebGLRenderer, LinearSRGBColorSpace, NoToneMapping,
} from 'three';
import { ratioFor } from '../../draw/plane.js';
import { EYE, axes, scaleOf } from './camera.js';
import { LAMP } from './colours.js';
import * as glsl from './shaders.js';

/** @typedef {import('./types.js').Scene} Scene */
/** @typedef {import('./types.js').Orbit} Orbit */
/** @typedef {import('./colours.js').Colours} Colours */
/** @typedef {import('../../draw/palette.js').Rgb} Rgb */

const SHADOW = 1024;
/** The table, and pixels along an edge of its shadow. */
const TABLE = 3.5;
const SHADE = 128;
/** How far the lamp's picture reaches; the paper's spread is 1. */
const REACH = 3.2;

/** @param {Rgb} rgb */
const colour = ([r, g, b]) => new Vector3(r / 255, g / 255, b / 255);

/** @param {{ vertex: string, fragment: string }} source @param {Record<string, { value: unknown }>} uniforms @param {object} [how] */
const material = ({ vertex, fragment }, uniforms, how) =>
  new ShaderMaterial({ vertexShader: vertex, fragmentShader: fragment, uniforms, glslVersion: GLSL3, side: DoubleSide, ...how });

/**
 * @param {HTMLCanvasElement} canvas
 * @param {WebGL2RenderingContext} context
 * @returns {import('./types.js').Painter}
 */
export function createSpace(canvas, context) {
  const renderer = new WebGLRenderer({ canvas, context });
  renderer.outputColorSpace = LinearSRGBColorSpace; // colours are mixed as CSS mixes them
  renderer.toneMapping = NoToneMapping;
  renderer.autoClear = false;
  // Asked for its log, a shader is waited for: half a second in which the page does not answer.
  renderer.debug.checkShaderErrors = false;

  const camera = new PerspectiveCamera(30, 1, 0.5, 30);
  const lamp = new OrthographicCamera(-REACH, REACH, REACH, -REACH, 0.5, 12);
  lamp.up.set(0, 0, 1);
  lamp.position.set(LAMP[0], LAMP[1], LAMP[2]).multiplyScalar(6);
  lamp.lookAt(0, 0, 0);
  lamp.updateMatrixWorld();
  const shadows = new WebGLRenderTarget(SHADOW, SHADOW, { minFilter: NearestFilter, magFilter: NearestFilter });
  shadows.depthTexture = new DepthTexture(SHADOW, SHADOW);

  const shared = { shadows: { value: shadows.depthTexture }, lamp: { value: lamp.projectionMatrix.clone().multiply(lamp.matrixWorldInverse) } };
  const blank = new Texture();
  const uniforms = {
    ...shared,
    eye: { value: new Vector3() },
    sun: { value: new Vector3(...LAMP).normalize() },
    papers: { value: [new Vector3(), new Vector3()] },
    inks: { value: [new Vector3(), new Vector3()] },
    light: { value: new Vector3() },
    plain: { value: 1 },
    dark: { value: 0 },
    photo: { value: /** @type {Texture} */ (blank) },
    printed: { value: 0 },
  };
  const dots = { ...shared, size: { value: 4 }, marks: { value: [new Vector3(), new Vector3()] }, ring: { value: new Vector3() } };
  const shades = new WebGLRenderTarget(SHADE, SHADE, { minFilter: LinearFilter, magFilter: LinearFilter, depthBuffer: false });
  const cast = { ...shared, floorAt: { value: -1 }, reach: { value: TABLE } };
  const floor = { shades: { value: shades.texture }, strength: { value: 0.5 }, picture: { value: new Vector2() } };
  const plane = { ink: { value: new Vector3() }, strength: { value: 0 } };

  const sheets = new Mesh(new BufferGeometry(), material(glsl.paper, uniforms));
  const caster = new Mesh(sheets.geometry, material(glsl.depth, shared));
  const cloud = new Points(new BufferGeometry(), material(glsl.points, dots));
  const ground = new Mesh(new PlaneGeometry(2 * TABLE, 2 * TABLE), material(glsl.table, floor, { transparent: true, depthWrite: false }));
  const wall = new Mesh(new PlaneGeometry(3.4, 3.4), material(glsl.cut, plane, { transparent: true, depthWrite: false }));
  const shadow = new Mesh(new PlaneGeometry(2, 2), material(glsl.shade, cast, { depthTest: false, depthWrite: false }));
  const [space, dusk, night] = [new Space(), new Space(), new Space()];
  ground.renderOrder = -1;
  wall.renderOrder = 2;
  space.add(ground, sheets, cloud, wall);
  dusk.add(caster);
  night.add(shadow);
  for (const thing of [sheets, caster, cloud, ground, wall, shadow]) thing.frustumCulled = false;

  /** @type {ImageBitmap | null} */
  let photo = null;
  /** @type {Colours | undefined} */
  let dyed;
  let version = -1;
  let size = '';

  /** @param {Scene} scene */
  function load({ sheet, side, points, answers }) {
    if (!holds(sheets.geometry, sheet.at)) {
      sheets.geometry.dispose();
      sheets.geometry = caster.geometry = sheetGeometry(side, sheet);
    }
    renew(sheets.geometry, 'position', 'normal', 'bend');
    cloud.visible = points !== null;
    if (!points) return;
    if (!holds(cloud.geometry, points)) {
      cloud.geometry.dispose();
      cloud.geometry = geometry({ position: [points, 3], answer: [answers, 2] });
    }
    renew(cloud.geometry, 'position', 'answer');
  }

  /** @param {ImageBitmap | null} now */
  function print(now) {
    if (now === photo) return;
    photo = now;
    if (uniforms.photo.value !== blank) uniforms.photo.value.dispose();
    uniforms.photo.value = blank;
    if (photo) {
      const texture = new CanvasTexture(/** @type {any} */ (photo));
      texture.flipY = false; // an ImageBitmap comes the right way up already
      texture.minFilter = LinearFilter;
      texture.generateMipmaps = false;
      uniforms.photo.value = texture;
    }
    uniforms.printed.value = Number(photo !== null);
    uniforms.plain.value = Number(photo === null);
  }

  /** @param {Colours} colours */
  function dye(colours) {
    if (colours === dyed) return;
    dyed = colours;
    for (const k of [0, 1]) {
      uniforms.papers.value[k].copy(colour(colours.paper[k]));
      uniforms.inks.value[k].copy(colour(colours.ink[k]));
      dots.marks.value[k].copy(colour(colours.marks[k]));
    }
    const { ambient, sky, sun } = colours.light;
    uniforms.light.value.set(ambient, sky, sun);
    uniforms.dark.value = Number(colours.dark);
    dots.ring.value.copy(colour(colours.dark ? [0, 0, 0] : colours.mark));
    plane.ink.value.copy(colour(colours.mark));
    floor.strength.value = colours.dark ? 0.7 : 0.24;
  }

  /** @param {Scene} scene */
  function stand(scene) {
    ground.position.set(0, 0, scene.floor);
    cast.floorAt.value = scene.floor;
    const { cut } = scene;
    const length = cut ? Math.hypot(cut[0], cut[1], cut[2]) : 0;
    wall.visible = cut !== null && length > 0;
    if (!cut || length === 0) return;
    const normal = new Vector3(cut[0], cut[1], cut[2]).divideScalar(length);
    wall.position.copy(normal).multiplyScalar(-cut[3] / length);
    wall.quaternion.setFromUnitVectors(new Vector3(0, 0, 1), normal);
    plane.strength.value = scene.strength;
  }

  return {
    paint(scene, orbit, colours, width, height) {
      const ratio = ratioFor(Math.max(width, height), Math.min(devicePixelRatio, 2), 1);
      const now = `${width} ${height} ${ratio}`;
      if (now !== size) {
        size = now;
        renderer.setPixelRatio(ratio);
        renderer.setSize(width, height, false);
        renderer.getDrawingBufferSize(floor.picture.value);
      }
      print(scene.photo);
      dye(colours);
      stand(scene);
      dots.size.value = 3.4 * ratio;
      const { back } = axes(orbit);
      camera.fov = (2 * Math.atan(height / 2 / (scaleOf(width, height) * EYE)) * 180) / Math.PI;
      camera.aspect = width / height;
      camera.up.set(0, 0, 1);
      camera.position.set(back[0], back[1], back[2]).multiplyScalar(EYE);
      camera.lookAt(0, 0, 0);
      camera.updateProjectionMatrix();
      uniforms.eye.value.copy(camera.position);
      // Turning the paper moves the eye, not the lamp.
      if (scene.version !== version) {
        version = scene.version;
        load(scene);
        renderer.setRenderTarget(shadows);
        renderer.clear();
        renderer.render(dusk, lamp);
        renderer.setRenderTarget(shades);
        renderer.render(night, camera);
        renderer.setRenderTarget(null);
      }
      renderer.clear();
      renderer.render(space, camera);
    },
    renew() {
      version = -1;
      size = '';
    },
    destroy() {
      for (const thing of [sheets, caster, cloud, ground, wall, shadow]) {
        thing.geometry.dispose();
        /** @type {ShaderMaterial} */ (thing.material).dispose();
      }
      print(null);
      shadows.dispose();
      shades.dispose();
      renderer.dispose();
    },
  };
}

/** Attributes over memory that goes on being written to. @param {Record<string, [Float32Array, number]>} values and numbers a vertex */
function geometry(values) {
  const made = new BufferGeometry();
  for (const [name, [data, width]] of Object.entries(values)) made.setAttribute(name, new BufferAttribute(data, width));
  return made;
}

/** @param {BufferGeometry} geometry @param {Float32Array} at */
const holds = (geometry, at) => geometry.getAttribute('position')?.array === at;

/** Memory was written to. @param {BufferGeometry} geometry @param {...string} names */
function renew(geometry, ...names) {
  for (const name of names) /** @type {BufferAttribute} */ (geometry.getAttribute(name)).needsUpdate = true;
}

/** Two sheets of `side × side` vertices as one indexed mesh; where a vertex belongs on its sheet never changes. @param {number} side @param {import('./types.js').Sheet} sheet */
function sheetGeometry(side, { at, normals, creases }) {
  const count = creases.length;
  const made = geometry({ position: [at, 3], normal: [normals, 3], bend: [creases, 1], uv: [new Float32Array(2 * count), 2], sheet: [new Float32Array(count), 1] });
  for (const name of ['position', 'normal', 'bend']) /** @type {BufferAttribute} */ (made.getAttribute(name)).setUsage(DynamicDrawUsage);
  const [uv, sheet] = [made.getAttribute('uv'), made.getAttribute('sheet')];
  const index = [];
  for (let k = 0; k < count; k++) {
    const i = k % side;
    const j = Math.floor((k % (side * side)) / side);
    uv.setXY(k, i / (side - 1), j / (side - 1));
    sheet.setX(k, Math.floor(k / (side * side)));
    if (i + 1 < side && j + 1 < side) index.push(k, k + 1, k + side, k + 1, k + side + 1, k + side);
  }
  made.setIndex(index);
  return made;
}
