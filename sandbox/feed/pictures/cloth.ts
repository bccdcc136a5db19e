/** The colours of one drawing. */
export interface Cloth {
  readonly wall: string;
  readonly wallShade: string;
  readonly base: string;
  readonly thread: string;
  readonly shade: string;
  readonly wood: string;
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
}

export const CLOTHS: readonly Cloth[] = [
  { wall: '#efe6d9', wallShade: '#dccfbd', base: '#c98a5e', thread: '#b57748', shade: '#8f5531', wood: '#94704f' },
  { wall: '#e6eae2', wallShade: '#ccd4c8', base: '#8b9c86', thread: '#75886f', shade: '#566852', wood: '#a98a68' },
  { wall: '#efe8ea', wallShade: '#dccfd4', base: '#ab8999', thread: '#957284', shade: '#6f5061', wood: '#8d6d5c' },
  { wall: '#e4eaee', wallShade: '#c9d4dc', base: '#8099ac', thread: '#698498', shade: '#4a6276', wood: '#a48a70' },
  { wall: '#f3ecd9', wallShade: '#e2d6b8', base: '#d8b56a', thread: '#c6a253', shade: '#987735', wood: '#8f6d49' },
  { wall: '#efe3dc', wallShade: '#dccabf', base: '#bd6c53', thread: '#a65840', shade: '#7b3925', wood: '#7c5b45' },
];
