/** The colours of the interface (DESIGN.md): blue where the case is, green where it has been, red only for overdue, grey for all else; amber for ways back, as on the flow bar. */
export const ink = { strong: '#1A2029', plain: '#3B4553', faint: '#596474', edge: '#858F9C', frame: '#CBD2DB', ground: '#F8F9FB', paper: '#fff', back: '#B5770F', backWords: '#7D4E00' } as const;

/** What a live picture says of a state: a tint, an edge, and words dark enough to read on it. */
export const marked = {
  current: { fill: '#EEF4FB', edge: '#1B4F91', words: '#143C70' },
  late: { fill: '#FCF0EF', edge: '#AE1F23', words: '#8C171B' },
  passed: { fill: '#EAF5EF', edge: '#4C9A75', words: '#17623F' },
} as const;

/** A picture in an `img` sees no style sheet: it names the faces of the interface itself. */
export const fonts = 'PingFang SC,Source Han Sans SC,Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,WenQuanYi Micro Hei,sans-serif';

export const dashes = { back: '5 3', automatic: '1.5 3', region: '6 4' } as const;
