/** Sizes in pixels: of a letter, of a line, of the space around. */
const LETTER = 7.8;
const LINE = 18;
const PAD = 18;
export const COLUMNS = 104;

const COLORS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#56d4dd' };
const PLAIN = '#d1d7e0';
const FAINT = '#8b949e';
const GROUND = '#151b23';

/** Text with the SGR codes of the text report as an SVG that looks like a terminal. */
export function drawTerminal(text, title) {
  const lines = parse(text).flatMap(wrapped);
  const width = round(COLUMNS * LETTER + 2 * PAD);
  const height = lines.length * LINE + 2 * PAD;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="13" fill="${PLAIN}">`,
    ...lines.map(drawLine).filter((line) => line !== ''),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Lines of runs: text with the style it has. */
function parse(text) {
  let style = {};
  return text.split('\n').map((line) => {
    const runs = [];
    for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
      const codes = /^\x1b\[([\d;]*)m$/.exec(part)?.[1].split(';').map(Number);
      if (codes) style = codes.reduce(styled, style);
      else if (part !== '') runs.push({ text: part, style });
    }
    return runs;
  });
}

function styled(style, code) {
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, color: undefined };
  return COLORS[code] ? { ...style, color: COLORS[code] } : style;
}

/** A long line goes on in the next one, at a blank where there is one, under its own beginning. */
function wrapped(runs) {
  const letters = runs.flatMap(({ text, style }) => [...text].map((letter) => ({ letter, style })));
  const indent = Math.max(
    0,
    letters.findIndex(({ letter }) => letter !== ' '),
  );
  const lines = [];
  let rest = letters;
  while (rest.length > COLUMNS) {
    const blank = rest.slice(0, COLUMNS).findLastIndex(({ letter }) => letter === ' ');
    const end = blank > indent ? blank + 1 : COLUMNS;
    lines.push(rest.slice(0, end));
    rest = [...Array.from({ length: indent + 2 }, () => ({ letter: ' ', style: {} })), ...rest.slice(end)];
  }
  return [...lines, rest];
}

/** Runs stand at columns of their own, so that carets stay below what they point at in any font. */
function drawLine(letters, i) {
  const runs = [];
  letters.forEach(({ letter, style }, column) => {
    const last = runs.at(-1);
    if (last && last.style === style) last.text += letter;
    else runs.push({ text: letter, style, column });
  });
  const y = round(PAD + (i + 0.75) * LINE);
  return runs.flatMap((run) => pieces(run).map((piece) => drawPiece(piece, y))).join('\n');
}

/** Of several blanks in a row not every viewer keeps all. */
const pieces = ({ text, style, column }) =>
  [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: shown, index }) => ({
    shown,
    style,
    column: column + [...text.slice(0, index)].length,
  }));

const drawPiece = ({ shown, style, column }, y) =>
  `<text x="${round(PAD + column * LETTER)}" y="${y}" textLength="${round([...shown].length * LETTER)}"${look(style)}>${xmlText(shown)}</text>`;

const look = ({ bold, faint, underline, color }) =>
  [
    color || faint ? ` fill="${color ?? FAINT}"` : '',
    bold ? ' font-weight="bold"' : '',
    underline ? ' text-decoration="underline"' : '',
  ].join('');

const round = (pixels) => Math.round(pixels * 10) / 10;
const xmlText = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
