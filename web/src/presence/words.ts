export const words = {
  "presence.also": ["同在编辑", "Also here"],
  "presence.names": ["：{names}", ": {names}"],
  "presence.told": ["同在编辑：{names}", "Also here: {names}"],
  "presence.since": ["{at} 起", "since {at}"],
  "presence.on": ["正在查看：{names}", "At this session: {names}"],
} as const satisfies Record<string, readonly [string, string]>;
