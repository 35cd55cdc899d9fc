export const words = {
  "json.keys": [
    "Ctrl+空格 列出此处可填的内容，方向键选择，回车填入；Tab 离开编辑框。",
    "Ctrl+Space lists what fits here; arrows choose, Enter writes it. Tab leaves the editor.",
  ],
  "json.offer": ["列出此处可填的内容", "What fits here"],
  "json.tidy": ["整理格式", "Tidy up"],
  "json.offered": ["此处可填", "What fits here"],
  "json.nothing": ["此处没有可提示的内容。", "Nothing is known of what fits here."],
  "json.count": ["可填 {n} 项", "{n} fit here"],
  "json.unsound": ["不是有效的 JSON：{why}", "It is no valid JSON: {why}"],
  "json.faults": ["{n} 处需要修改", "{n} to be mended"],
  "json.at": ["第 {line} 行", "Line {line}"],
} as const satisfies Record<string, readonly [string, string]>;
