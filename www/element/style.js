/** The sheets every figure's shadow root adopts, parsed once for all of them. */
import controls from '../style/controls.css?inline';
import plate from '../style/plate.css?inline';
import widgets from '../style/widgets.css?inline';
import { unsafeCSS } from 'lit';

export const style = [widgets, plate, controls].map((sheet) => unsafeCSS(sheet));
