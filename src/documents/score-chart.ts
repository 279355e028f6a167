import { RadarChart } from 'echarts/charts';
import { RadarComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([RadarChart, RadarComponent, SVGRenderer]);

/** One axis of the chart: score and full points in 0.1. */
export interface ScoreAxis {
  label: string;
  score: number;
  points: number;
}

const ink = '#333333';

/**
 * The six dimensions as a radar, each axis running to its full points. Drawn once on the server, without animation or
 * script; black and grey so that it survives a photocopier. Same input, same text of the picture.
 */
export function scoreChart(axes: ScoreAxis[]): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 300, height: 230 });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'inherit' },
      radar: {
        indicator: axes.map((axis) => ({ name: axis.label, min: 0, max: axis.points })),
        center: ['50%', '50%'], radius: 86, splitNumber: 4, axisNameGap: 7,
        axisName: { color: ink, fontSize: 14 },
        splitArea: { show: false },
        axisLine: { lineStyle: { color: '#aaaaaa' } },
        splitLine: { lineStyle: { color: '#bbbbbb' } },
      },
      series: [{
        type: 'radar', symbol: 'circle', symbolSize: 5,
        lineStyle: { color: ink, width: 2 }, itemStyle: { color: ink }, areaStyle: { color: '#dcdcdc' },
        data: [{ value: axes.map((axis) => axis.score) }],
      }],
    });
    return stableSvg(chart.renderToSVGString({ useViewBox: true }));
  } finally {
    chart.dispose();
  }
}

/** ECharts counts its pictures and marks them for hovering; neither belongs on paper, and a count is not repeatable. */
function stableSvg(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|id|pointer-events|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/font-family:\s?inherit;?/g, '');
}
