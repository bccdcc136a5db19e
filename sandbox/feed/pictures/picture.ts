import { html, type Markup } from '../html.ts';
import { bed } from './bed.ts';
import { type Canvas, CLOTHS, type Cloth } from './cloth.ts';
import { draped, pillow, stack } from './details.ts';
import { MOTIFS, type Motif, weave } from './weave.ts';

export type { Motif } from './weave.ts';

const SCENES = { bed, stack, pillow, cloth: draped } as const;
type Scene = keyof typeof SCENES;

/** Width and height of each shape that a placement asks for. */
export const SHAPES = {
  wide: { width: 400, height: 300 },
  square: { width: 400, height: 400 },
  tall: { width: 400, height: 720 },
} as const;
export type Shape = keyof typeof SHAPES;

/** Stands for an ad's picture: woven bedding, drawn here so that nothing is fetched. `tint` picks the colours. */
export interface Picture {
  readonly motif: Motif;
  readonly scene: Scene;
  readonly tint: number;
}

export function pictureAddress({ motif, scene, tint }: Picture, shape: Shape): string {
  return `/feed/pictures/${scene}-${motif}-${tint}-${shape}.svg`;
}

/** The drawing with that file name; `undefined` for any other name. */
export function drawPicture(name: string): string | undefined {
  const groups = /^(?<scene>[a-z]+)-(?<motif>[a-z]+)-(?<tint>\d)-(?<shape>[a-z]+)\.svg$/.exec(name)?.groups;
  const draw = entry(SCENES, groups?.scene);
  const canvas = entry(SHAPES, groups?.shape);
  const motif = MOTIFS.find((each) => each === groups?.motif);
  const cloth = CLOTHS[Number(groups?.tint)];
  if (!draw || !canvas || !motif || !cloth) return undefined;
  return drawing(canvas, cloth, motif, draw).markup;
}

/** What a picture shows, for those who do not see it. */
export function pictureText({ motif, scene }: Picture): string {
  const kind = motif === 'plain' ? 'plain weave' : `${motif} weave`;
  return {
    bed: `A made bed in ${kind}`,
    stack: `Folded linen in ${kind}`,
    pillow: `A pillow in ${kind}`,
    cloth: `Cloth in ${kind}`,
  }[scene];
}

function drawing(canvas: Canvas, cloth: Cloth, motif: Motif, draw: (canvas: Canvas, cloth: Cloth) => Markup): Markup {
  const { width, height } = canvas;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<defs>${weave(motif, cloth)}
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${cloth.wall}"/><stop offset="1" stop-color="${cloth.wallShade}"/></linearGradient>
<linearGradient id="linen" x1="0" y1="0" x2="0" y2="1"><stop stop-color="#fffdf8"/><stop offset="1" stop-color="#e9e2d6"/></linearGradient>
<linearGradient id="fall" x1="0" y1="0" x2="1" y2="0"><stop stop-color="#000" stop-opacity=".2"/><stop offset=".3" stop-opacity="0"/><stop offset=".72" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".26"/></linearGradient>
<linearGradient id="fold" x1="0" y1="0" x2="1" y2="0"><stop stop-color="#000" stop-opacity="0"/><stop offset=".5" stop-color="#000" stop-opacity=".2"/><stop offset=".56" stop-color="#fff" stop-opacity=".22"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>
</defs>${draw(canvas, cloth)}</svg>`;
}

function entry<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
