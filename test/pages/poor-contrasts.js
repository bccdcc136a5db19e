/**
 * Runs in the page. Answers every text that is drawn with less contrast than WCAG 2.2 asks for at level AA: 4.5, or 3 for large
 * text (24 px, or 18.66 px and bold), and how many texts were looked at. Transparent papers are laid over each other; over a
 * picture both black and white are tried.
 */
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

  const poor = [];
  let measured = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || !isDrawn(element)) continue;
    measured += 1;
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = Math.min(...papersOf(element).map((paper) => contrast(over(read(style.color), paper), paper)));
    if (ratio < (isLarge ? 3 : 4.5))
      poor.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${text.slice(0, 40)}`);
  }
  return { poor, measured };

  function isDrawn(element) {
    if (element.closest('.sr, .skip')) return false;
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  function papersOf(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = read(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) return [under(layers)];
      // What lies over a picture has the picture as its paper.
      if (at.matches('.note, .play, .rail, .caption'))
        return [under([...layers, [0, 0, 0, 1]]), under([...layers, [255, 255, 255, 1]])];
    }
    return [under([...layers, [255, 255, 255, 1]])];
  }

  function under(layers) {
    return layers.reduceRight((paper, layer) => over(layer, paper));
  }

  function over([r, g, b, a], [pr, pg, pb]) {
    return [r * a + pr * (1 - a), g * a + pg * (1 - a), b * a + pb * (1 - a), 1];
  }

  function read(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
  }

  function luminance([r, g, b]) {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
})();
