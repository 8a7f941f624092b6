import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { readBlocks } from './blocks';
import type { Block, Item } from './blocks';
import { renderInline } from './inline';
import type { OpenAddress, Rendered } from './inline';

/** Longer texts are shown as they are written: no person wrote them by hand. */
const longest = 100_000;

/**
 * Markdown as lit templates: what is text is written as text, so that nothing in it can become an element or an
 * attribute of its own. Nothing is loaded, and links go to `open`.
 */
export function markdown(text: string, open: OpenAddress): TemplateResult {
  if (text.length > longest) return html`<pre class="md">${text}</pre>`;
  return html`<div class="md">${readBlocks(text).map((block) => blockView(block, open))}</div>`;
}

function blockView(block: Block, open: OpenAddress): TemplateResult {
  const inline = (text: string): readonly Rendered[] => lines(renderInline(text, open));
  switch (block.kind) {
    case 'heading':
      // Below the page's own headings, whatever level it has in the text.
      return html`<h3 class="md-heading md-heading-${block.level}">${inline(block.text)}</h3>`;
    case 'paragraph':
      return html`<p>${inline(block.text)}</p>`;
    case 'code':
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`;
    case 'rule':
      return html`<hr />`;
    case 'quote':
      return html`<blockquote>${block.blocks.map((inner) => blockView(inner, open))}</blockquote>`;
    case 'list':
      return block.start === undefined
        ? html`<ul>
            ${block.items.map((item) => itemView(item, open))}
          </ul>`
        : html`<ol start=${block.start}>
            ${block.items.map((item) => itemView(item, open))}
          </ol>`;
    case 'table':
      return tableView(block, inline);
  }
}

function itemView({ isDone, blocks }: Item, open: OpenAddress): TemplateResult {
  const [first, ...rest] = blocks;
  // A single line stands in the item itself, not in a paragraph of its own.
  const line =
    first?.kind === 'paragraph' ? lines(renderInline(first.text, open)) : [blockOf(first, open)];
  const mark =
    isDone === undefined ? nothing : html`<span class="md-task">${isDone ? '☑' : '☐'}</span> `;
  return html`<li>${mark}${line}${rest.map((block) => blockView(block, open))}</li>`;
}

function blockOf(block: Block | undefined, open: OpenAddress): TemplateResult | typeof nothing {
  return block === undefined ? nothing : blockView(block, open);
}

function tableView(
  { head, rows }: Extract<Block, { kind: 'table' }>,
  inline: (text: string) => readonly Rendered[],
): TemplateResult {
  return html`<table>
    <thead>
      <tr>
        ${head.map((cell) => html`<th scope="col">${inline(cell)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${head.map((_, at) => html`<td>${inline(row[at] ?? '')}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Two blanks, or a backslash, at the end of a line break it. */
function lines(pieces: readonly Rendered[]): readonly Rendered[] {
  return pieces.flatMap((piece): readonly Rendered[] => {
    if (typeof piece !== 'string') return [piece];
    return piece
      .split(/(?<! ) {2,}\n|\\\n/)
      .flatMap((part, at): readonly Rendered[] => (at === 0 ? [part] : [html`<br />`, part]));
  });
}
