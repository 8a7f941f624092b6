import { isTameHtml, tameMarkdown, tameTraceback } from './tameMarkup';

type Fields = Readonly<Record<string, unknown>>;

const pictures = /^image\/(?:png|jpeg|gif|webp|bmp)$/;

/**
 * A notebook that runs nothing. In a folder that is trusted, VS Code runs what is in the outputs and in the Markdown of any notebook as
 * soon as it is seen; but who trusts a folder has not trusted what some run left behind. Outputs keep texts, pictures and plain
 * tables, in Markdown other tags become text.
 *
 * @param leftOut said in the place of an output of which nothing is left
 * @returns the same bytes where nothing in them would run
 */
export function inertNotebook(
  bytes: Uint8Array<ArrayBuffer>,
  leftOut: string,
): Uint8Array<ArrayBuffer> {
  const notebook = parsed(bytes);
  if (!isFields(notebook) || !Array.isArray(notebook['cells'])) {
    return bytes;
  }
  const cells = (notebook['cells'] as readonly unknown[]).map((cell) =>
    isFields(cell) ? inertCell(cell, leftOut) : cell,
  );
  const isSame = JSON.stringify(cells) === JSON.stringify(notebook['cells']);
  return isSame
    ? bytes
    : new TextEncoder().encode(`${JSON.stringify({ ...notebook, cells }, undefined, 1)}\n`);
}

/** What is no JSON is no notebook for VS Code, either. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function inertCell(cell: Fields, leftOut: string): Fields {
  const { cell_type: type, source, outputs } = cell;
  const isText = type === 'code' || type === 'raw';
  return {
    ...cell,
    ...(source !== undefined && !isText && { source: changed(source, tameMarkdown) }),
    ...(Array.isArray(outputs) && {
      outputs: (outputs as readonly unknown[]).map((output) =>
        isFields(output) ? inertOutput(output, leftOut) : output,
      ),
    }),
  };
}

function inertOutput(output: Fields, leftOut: string): Fields {
  switch (output['output_type']) {
    case 'stream':
      return output;
    case 'error': {
      const { ename, evalue, traceback } = output;
      const lines: readonly unknown[] = Array.isArray(traceback) ? traceback : [];
      return {
        ...output,
        ename: changed(ename, tameTraceback),
        evalue: changed(evalue, tameTraceback),
        traceback: lines.map((line) => changed(line, tameTraceback)),
      };
    }
    case 'display_data':
    case 'execute_result':
    case 'update_display_data': {
      const { data } = output;
      return { ...output, data: isFields(data) ? inertData(data, leftOut) : {} };
    }
    default:
      return { output_type: 'stream', name: 'stdout', text: leftOut };
  }
}

/** Of an output that comes in several forms, those that run nothing. */
function inertData(data: Fields, leftOut: string): Fields {
  const inert: Record<string, unknown> = {};
  for (const [type, value] of Object.entries(data)) {
    if (type === 'text/plain' || pictures.test(type)) {
      inert[type] = value;
    } else if (type === 'text/markdown' || type === 'text/latex') {
      inert[type] = changed(value, tameMarkdown);
    } else if (type === 'text/html' && isTameHtml(textOf(value))) {
      inert[type] = changed(value, (html) => html);
    } else if (type === 'image/svg+xml') {
      inert['text/html'] = asPicture(textOf(value));
    }
  }
  const kept = Object.keys(inert);
  const isLess = kept.length < Object.keys(data).length;
  return isLess && kept.every((type) => type === 'text/plain')
    ? { 'text/plain': [textOf(inert['text/plain'] ?? ''), leftOut].filter(Boolean).join('\n') }
    : inert;
}

/** In an image, SVG runs and loads nothing. */
function asPicture(svg: string): string {
  return `<img alt="" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;
}

/** The value itself where it is as notebooks have it and stays the same: a text, or its lines. */
function changed(value: unknown, change: (text: string) => string): unknown {
  const text = textOf(value);
  const made = change(text);
  const isPlain =
    typeof value === 'string' ||
    (Array.isArray(value) && value.slice(0, -1).every((line) => /\n$/.test(String(line))));
  return isPlain && made === text ? value : made;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join('');
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
