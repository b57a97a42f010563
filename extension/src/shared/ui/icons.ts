/** The drawings of the interface, 20 × 20, drawn in the ink of their place. Elements as [tag, attributes]. */

type Shape = readonly [tag: "path" | "rect" | "circle", attributes: Readonly<Record<string, string>>];

export const icons = {
  reveal: [
    ["path", { d: "M2 10s3-5.2 8-5.2 8 5.2 8 5.2-3 5.2-8 5.2S2 10 2 10z" }],
    ["circle", { cx: "10", cy: "10", r: "2.3" }],
  ],
  hide: [
    ["path", { d: "M8.3 5c.5-.1 1.1-.2 1.7-.2 5 0 8 5.2 8 5.2s-.8 1.4-2.3 2.8" }],
    ["path", { d: "M5.2 6.3C3.1 7.8 2 10 2 10s3 5.2 8 5.2c1.3 0 2.5-.3 3.5-.8" }],
    ["path", { d: "M8.3 8.4a2.3 2.3 0 0 0 3.2 3.2M3.5 3.5l13 13" }],
  ],
  history: [["path", { d: "M3.6 10a6.5 6.5 0 1 0 2-4.7L3.6 7.2M3.6 3.8v3.4H7M10 6.5V10l2.4 1.6" }]],
  warning: [
    ["path", { d: "M10 3.2 17.6 16.5H2.4zM10 8v4" }],
    ["path", { d: "M10 14.2h.01", "stroke-width": "1.9" }],
  ],
  import: [["path", { d: "M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 12v3A1.5 1.5 0 0 0 5 16.5h10a1.5 1.5 0 0 0 1.5-1.5v-3" }]],
  search: [
    ["circle", { cx: "8.5", cy: "8.5", r: "5" }],
    ["path", { d: "m12.3 12.3 4.2 4.2" }],
  ],
  lock: [
    ["rect", { x: "4", y: "9", width: "12", height: "8", rx: "1.5" }],
    ["path", { d: "M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M10 12.3v1.6" }],
  ],
  copyCode: [
    ["path", { d: "M3.5 7.5v7a2 2 0 0 0 2 2h7" }],
    ["circle", { cx: "11.9", cy: "8", r: "4.6" }],
    ["path", { d: "M11.9 5.4V8l1.8 1.2" }],
  ],
  copyUser: [
    ["path", { d: "M3.5 7.5v7a2 2 0 0 0 2 2h7" }],
    ["circle", { cx: "11.7", cy: "5.6", r: "2.3" }],
    ["path", { d: "M7.2 12.7a4.5 4.5 0 0 1 9 0" }],
  ],
  copyPassword: [
    ["path", { d: "M3.5 7.5v7a2 2 0 0 0 2 2h7" }],
    ["circle", { cx: "9.6", cy: "10.2", r: "2.4" }],
    ["path", { d: "m11.3 8.5 5-5M14 5.8l2 2" }],
  ],
  passkey: [
    ["circle", { cx: "6.8", cy: "6.2", r: "2.7" }],
    ["path", { d: "M2 16.5v-1a4.3 4.3 0 0 1 4.3-4.3h1c1 0 1.9.3 2.6.9" }],
    ["circle", { cx: "14.4", cy: "8.4", r: "2.6" }],
    ["path", { d: "M14.4 11v6l1.7-1.6-1.1-1.2 1.3-1.3" }],
  ],
  next: [["path", { d: "M7.5 4.5 13 10l-5.5 5.5" }]],
  note: [["path", { d: "M5 3h7l3.5 3.5V16a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM7 9.5h6M7 12.7h4" }]],
  check: [["path", { d: "m4.5 10.5 3.7 3.7 7.3-8" }]],
  close: [["path", { d: "m5 5 10 10M15 5 5 15" }]],
  card: [
    ["rect", { x: "2.5", y: "4.5", width: "15", height: "11", rx: "1.5" }],
    ["path", { d: "M2.5 8.5h15M5.5 12.5h3" }],
  ],
  whyNot: [
    ["rect", { x: "2.5", y: "11", width: "15", height: "6", rx: "1.5" }],
    ["path", { d: "M7.9 3.8a2.1 2.1 0 1 1 3.2 1.7c-.7.4-1.1.8-1.1 1.4" }],
    ["path", { d: "M10 8.9h.01", "stroke-width": "1.9" }],
  ],
  back: [["path", { d: "M12.5 4.5 7 10l5.5 5.5" }]],
  copy: [
    ["path", { d: "M3.5 7.5v7a2 2 0 0 0 2 2h7" }],
    ["rect", { x: "6.5", y: "3.5", width: "10", height: "10", rx: "1.5" }],
  ],
  fill: [
    ["rect", { x: "2.5", y: "10", width: "15", height: "6.5", rx: "1.5" }],
    ["path", { d: "M10 2.5v5M7.5 5.2 10 7.7l2.5-2.5M5.7 12.3v1.9" }],
  ],
  login: [
    ["circle", { cx: "10", cy: "10", r: "7.2" }],
    ["circle", { cx: "10", cy: "8.2", r: "1.7" }],
    ["path", { d: "M10 9.9v3.6" }],
  ],
  identity: [
    ["rect", { x: "2.5", y: "4", width: "15", height: "12", rx: "1.5" }],
    ["circle", { cx: "7", cy: "8.6", r: "1.6" }],
    ["path", { d: "M4.6 13.2a2.5 2.5 0 0 1 4.8 0M12 8.5h3M12 11.5h3" }],
  ],
  timeLimited: [
    ["path", { d: "M5.5 3h9M5.5 17h9M6.5 3v2.5c0 2 3.5 3 3.5 4.5s-3.5 2.5-3.5 4.5V17" }],
    ["path", { d: "M13.5 3v2.5c0 2-3.5 3-3.5 4.5s3.5 2.5 3.5 4.5V17" }],
  ],
  open: [
    ["path", { d: "M11.5 3.5h5v5" }],
    [
      "path",
      { d: "M16.5 3.5 9 11M14.5 11.5V15a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V7A1.5 1.5 0 0 1 5 5.5h3.5" },
    ],
  ],
  pause: [["path", { d: "M7 4.5v11M13 4.5v11", "stroke-width": "2.2" }]],
  plus: [["path", { d: "M10 4v12M4 10h12" }]],
  generate: [
    ["rect", { x: "3.5", y: "3.5", width: "13", height: "13", rx: "2.5" }],
    ["path", { d: "M7.2 7.2h.01M12.8 12.8h.01M12.8 7.2h.01M7.2 12.8h.01M10 10h.01", "stroke-width": "2.1" }],
  ],
  edit: [
    [
      "path",
      {
        d: "m4 16 .7-3.2 8.9-8.9a1.6 1.6 0 0 1 2.3 0l.2.2a1.6 1.6 0 0 1 0 2.3l-8.9 8.9zM12 5.5l2.5 2.5",
      },
    ],
  ],
  more: [["path", { d: "M5 10h.01M10 10h.01M15 10h.01", "stroke-width": "2.3" }]],
  again: [
    [
      "path",
      {
        d: "M16.8 8.7A6.9 6.9 0 0 0 4.8 6L3.2 7.7M3.2 3.9v3.8H7M3.2 11.3A6.9 6.9 0 0 0 15.2 14l1.6-1.7M16.8 16.1v-3.8H13",
      },
    ],
  ],
  trash: [
    [
      "path",
      {
        d: "M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.7 10a1.5 1.5 0 0 0 1.5 1.5h5.6a1.5 1.5 0 0 0 1.5-1.5l.7-10M8.5 8.5v5M11.5 8.5v5",
      },
    ],
  ],
  star: [["path", { d: "m10 3 2.1 4.5 4.9.6-3.6 3.4.9 4.9-4.3-2.4-4.3 2.4.9-4.9L3 8.1l4.9-.6z" }]],
  down: [["path", { d: "M4.5 7.5 10 13l5.5-5.5" }]],
  download: [["path", { d: "M10 3.5V13M6 9.2l4 4 4-4M4 16.5h12" }]],
  group: [
    ["circle", { cx: "7.5", cy: "7", r: "2.6" }],
    ["path", { d: "M2.5 16a5 5 0 0 1 10 0M13 4.6a2.6 2.6 0 0 1 0 4.8M14.6 11.5a5 5 0 0 1 2.9 4.5" }],
  ],
  person: [
    ["circle", { cx: "10", cy: "6.5", r: "3" }],
    ["path", { d: "M4 16.5a6 6 0 0 1 12 0" }],
  ],
  folder: [
    [
      "path",
      {
        d: "M2.5 5.5A1.5 1.5 0 0 1 4 4h3.5l2 2H16a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 16H4a1.5 1.5 0 0 1-1.5-1.5z",
      },
    ],
  ],
  manage: [
    ["circle", { cx: "6.8", cy: "13.2", r: "3.3" }],
    ["path", { d: "m9.2 10.8 7.3-7.3M13.3 6.7l2.7 2.7M11 9l1.6 1.6" }],
  ],
  minus: [["path", { d: "M4 10h12" }]],
  undo: [["path", { d: "M7 4 3.5 7.5 7 11M3.5 7.5H12a4.5 4.5 0 0 1 0 9H8.5" }]],
  share: [
    ["circle", { cx: "5", cy: "10", r: "2.2" }],
    ["circle", { cx: "14.8", cy: "5", r: "2.2" }],
    ["circle", { cx: "14.8", cy: "15", r: "2.2" }],
    ["path", { d: "m7 9 5.8-3M7 11l5.8 3" }],
  ],
  offline: [
    [
      "path",
      { d: "M7.6 5.2A4.7 4.7 0 0 1 14.6 9a3.2 3.2 0 0 1 1.9 5.4M13.5 15.5H6a3.7 3.7 0 0 1-.4-7.4M3.5 3.5l13 13" },
    ],
  ],
  settings: [
    ["path", { d: "M3 6h7M14 6h3M3 14h3M10 14h7" }],
    ["circle", { cx: "12", cy: "6", r: "2" }],
    ["circle", { cx: "8", cy: "14", r: "2" }],
  ],
  unlock: [
    ["rect", { x: "4", y: "9", width: "12", height: "8", rx: "1.5" }],
    ["path", { d: "M6.5 9V6.5a3.5 3.5 0 0 1 6.6-1.6M10 12.3v1.6" }],
  ],
} as const satisfies Readonly<Record<string, readonly Shape[]>>;

export type IconName = keyof typeof icons;
