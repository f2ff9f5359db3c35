/** Photos to pick: those of its classes, those outside its world, and the reader's own, from a file, the clipboard, a camera, or dropped here. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { icons } from '../../element/icons.js';
import { ASSET, choosePhoto, photoOf, PhotoError } from '../imagenet/own-photo.js';
import { stamp } from '../imagenet/rgb.js';
import { smalls } from '../imagenet/ships.js';

/** @typedef {Pick<import('../digits/types.js').StageContext, 'slots' | 't' | 'number' | 'values' | 'set' | 'load' | 'about' | 'root'>} Context */

export const OWN = 'yours';
/** Of these the network has no class: whatever it says is wrong. */
const OUTSIDE = ['giraffe', 'moose', 'kingfisher', 'crocodile'];

/** Small pictures, fetched once for all figures. @type {Map<string, Promise<ImageBitmap>>} */
const pictures = new Map();

/** Not as the source of an image: a page around a figure may let it fetch from here and show nothing. @param {string} name @returns {Promise<ImageBitmap>} */
function pictureOf(name) {
  let coming = pictures.get(name);
  if (!coming) {
    coming = fetch(smalls[name]).then((response) => response.blob()).then((blob) => createImageBitmap(blob));
    coming.catch(() => pictures.delete(name));
    pictures.set(name, coming);
  }
  return coming;
}

/** @param {string} name */
const painted = (name) => (/** @type {Element | undefined} */ canvas) => {
  if (!(canvas instanceof HTMLCanvasElement) || canvas.dataset.shows === name) return;
  canvas.dataset.shows = name;
  pictureOf(name).then(
    (picture) => {
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
    },
    () => delete canvas.dataset.shows, // its name is under it; the next drawing asks again
  );
};

/** The first picture among what was dropped or pasted. @param {DataTransfer | null} data */
const fileIn = (data) => [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/')) ?? data?.files[0];

/**
 * Of a lab with a knob `photo` whose choices are the photos' names and `yours`, and an asset `photo`.
 *
 * @param {Context} ctx
 * @param {HTMLElement} slot
 * @param {() => ImageData | undefined} shown the reader's own as the lab has it
 * @param {string} [note] said beside where the photos are from
 */
export function createPicker(ctx, slot, shown, note = '') {
  const w = (/** @type {string} */ key, vars = {}) => ctx.t(`ui.photos.${key}`, vars);
  const kind = ctx.about.knobs.find(({ id }) => id === 'photo')?.kind;
  const choices = kind?.type === 'choice' ? kind.choices.filter((name) => name in smalls) : [];
  /** The reader's own, as the engine was given it: it is given again when it is chosen again. @type {Uint8Array | undefined} */
  let own;
  /** @type {PhotoError | undefined} */
  let failed;
  let reading = false;
  let over = false;
  let drawn = '';
  const end = new AbortController();

  const photo = () => String(ctx.values().photo);
  const name = (/** @type {string} */ choice) => ctx.t(`labs.${ctx.about.id}.choices.photo.${choice}`);

  /** @param {Blob | undefined} file */
  async function use(file) {
    if (!file || reading) return;
    reading = true;
    failed = undefined;
    self.draw();
    try {
      const bytes = await photoOf(file);
      await ctx.load(ASSET, bytes);
      own = bytes;
    } catch (error) {
      failed = error instanceof PhotoError ? error : new PhotoError('unread');
    }
    reading = false;
    self.draw();
  }

  /** @param {string} choice */
  function choose(choice) {
    failed = undefined;
    if (choice === OWN && own) void ctx.load(ASSET, own).catch(() => ctx.set('photo', OWN));
    else ctx.set('photo', choice);
  }

  /** @param {DragEvent} event */
  function dragged(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    if (!over) self.hover(true);
  }

  /** @param {DragEvent} event */
  function dropped(event) {
    self.hover(false);
    const file = fileIn(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    void use(file);
  }

  /** A picture on the clipboard is for the figure that has the focus, or else lies under the pointer. @param {ClipboardEvent} event */
  function pasted(event) {
    const { host } = ctx.root;
    if (!event.composedPath().includes(host) && !host.matches(':hover')) return;
    const file = fileIn(event.clipboardData);
    if (!file?.type.startsWith('image/')) return;
    event.preventDefault();
    void use(file);
  }

  const { stage } = ctx.slots;
  const { signal } = end;
  // Anywhere on the figure: what is dropped beside the stage would else take the page's place.
  const { root } = ctx;
  root.addEventListener('dragover', (event) => dragged(/** @type {DragEvent} */ (event)), { signal });
  root.addEventListener('dragleave', (event) => {
    const { relatedTarget } = /** @type {DragEvent} */ (event);
    if (!(relatedTarget instanceof Node && root.contains(relatedTarget))) self.hover(false);
  }, { signal });
  root.addEventListener('drop', (event) => dropped(/** @type {DragEvent} */ (event)), { signal });
  document.addEventListener('paste', pasted, { signal });

  /** @param {string} choice */
  const one = (choice) => html`<label><canvas aria-hidden="true" width="96" height="96" ${ref(choice === OWN ? undefined : painted(choice))}></canvas>
    <input type="radio" name="i-photo" .checked=${live(photo() === choice)} @change=${() => choose(choice)} /><span>${name(choice)}</span></label>`;

  function sentence() {
    if (reading) return html`<p class="i-line" role="status">${w('reading')}</p>`;
    if (!failed) return html`<p class="i-line">${w('private')}</p>`;
    const size = ctx.number((failed.size ?? 0) / 1e6, { maximumFractionDigits: 0 });
    return html`<p class="i-line i-bad" role="alert">${w(`${failed.code}`, { size })}</p>`;
  }

  const self = {
    draw() {
      const now = JSON.stringify([photo(), Boolean(own), failed?.code, failed?.size, reading, over, ctx.t('ui.close')]);
      if (now !== drawn) {
        drawn = now;
        render(
          html`<div class="i-shelves">
            <fieldset class="i-shelf"><legend class="sub">${w('inside')}</legend>${choices.filter((choice) => !OUTSIDE.includes(choice)).map(one)}</fieldset>
            <fieldset class="i-shelf"><legend class="sub">${w('outside')}</legend>${choices.filter((choice) => OUTSIDE.includes(choice)).map(one)}</fieldset>
            <fieldset class="i-shelf i-own"><legend class="sub">${w('mine')}</legend>${own || photo() === OWN ? one(OWN) : nothing}
              <div class="i-acts">
                <button type="button" class="btn" ?disabled=${reading} @click=${() => choosePhoto(false, use)}>${icons.file}${w('open')}</button>
                <button type="button" class="btn i-camera" ?disabled=${reading} @click=${() => choosePhoto(true, use)}>${w('camera')}</button>
              </div>
              ${sentence()}</fieldset>
          </div><p class="i-line i-credit">${w('credit')} ${note}</p>`,
          slot,
        );
      }
      const mine = slot.querySelector('.i-own canvas');
      const pixels = photo() === OWN ? shown() : undefined;
      if (mine instanceof HTMLCanvasElement && pixels) stamp(mine, pixels);
    },
    /** @param {boolean} is something is held over the stage */
    hover(is) {
      over = is;
      stage.classList.toggle('i-over', is);
    },
    stop: () => end.abort(),
  };
  return self;
}
