type Style = CanvasRenderingContext2D['fillStyle'];

/** A canvas that writes down what is asked of it, in order. */
export function drawLog() {
  const log: string[] = [];
  const said = (style: Style) => (typeof style === 'string' ? style : 'pattern');
  let strokeStyle: Style = '';
  let dash: readonly number[] = [];
  const canvas = {
    lineWidth: 1,
    lineCap: 'butt' as CanvasLineCap,
    lineJoin: 'miter' as CanvasLineJoin,
    font: '',
    textBaseline: 'alphabetic' as CanvasTextBaseline,
    textAlign: 'left' as CanvasTextAlign,
    globalAlpha: 1,
    set fillStyle(value: Style) {
      log.push(`fill ${said(value)}`);
    },
    set strokeStyle(value: Style) {
      strokeStyle = value;
    },
    setLineDash(segments: number[]) {
      dash = segments;
    },
    fillRect(left: number, top: number, width: number, height: number) {
      log.push(`rect ${left},${top} ${width}×${height}`);
    },
    strokeRect(left: number, top: number, width: number, height: number) {
      log.push(`outline ${said(strokeStyle)} ${dashText(dash)} ${left},${top} ${width}×${height}`);
    },
    beginPath() {
      log.push(`path ${said(strokeStyle)} ${dashText(dash)}`);
    },
    moveTo(x: number, y: number) {
      log.push(`from ${x},${y}`);
    },
    lineTo(x: number, y: number) {
      log.push(`to ${x},${y}`);
    },
    stroke() {
      log.push('stroke');
    },
    closePath() {
      log.push('close');
    },
    fill() {
      log.push('fill path');
    },
    arc(x: number, y: number, radius: number) {
      log.push(`arc ${x},${y} ${radius}`);
    },
    strokeText(text: string, x: number, y: number) {
      log.push(`rim "${text}" ${x},${y}`);
    },
    fillText(text: string, x: number, y: number) {
      log.push(`text "${text}" ${x},${y}`);
    },
  };
  return { canvas, log };
}

function dashText(dash: readonly number[]): string {
  return dash.length === 0 ? 'solid' : `dashed ${dash.join('-')}`;
}
