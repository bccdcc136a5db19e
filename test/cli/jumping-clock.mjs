// Loaded into a worker before anything else: its clock jumps by JUMP_MS and back again, every EVERY_MS.
const { JUMP_MS, EVERY_MS } = process.env;
const RealDate = Date;
const jump = Number(JUMP_MS);
let offset = jump;
setInterval(() => {
  offset = jump - offset;
}, Number(EVERY_MS)).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offset;
  }
};
