/** What makes up the look of a shape or a text. */
const looks = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['opacity', 'font-family', 'font-size', 'font-weight'],
];

const namespace = 'http://www.w3.org/2000/svg';

/** What the page is drawn on. */
export function paperColor(): string {
  const { body } = document;
  return getComputedStyle(body).getPropertyValue('--vscode-editor-background').trim() || 'none';
}

/** A drawing of the page as a file of its own: colors and fonts of the theme are written into it. */
export function svgFile(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, at) => {
    const original = originals[at];
    if (!original) return;
    // What only catches the pointer is not to be seen.
    if (original.matches('.relation-grip')) return element.remove();
    const style = getComputedStyle(original);
    for (const name of looks) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute('class');
  });
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute('xmlns', namespace);
  for (const name of ['class', 'aria-hidden']) copy.removeAttribute(name);
  const paper = document.createElementNS(namespace, 'rect');
  const sizes = { width: String(width), height: String(height), fill: paperColor() };
  for (const [name, value] of Object.entries(sizes)) paper.setAttribute(name, value);
  const name = document.createElementNS(namespace, 'title');
  name.textContent = title;
  copy.prepend(name, paper);
  return new XMLSerializer().serializeToString(copy);
}
