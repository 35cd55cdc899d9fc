export const words = {
  "help.title": ["帮助", "Help"],
  "help.way": ["从新建到发布", "From a new edition to a released one"],
  "help.step_edition": [
    "新建一届活动：首次举办先新建系列，再在其中新建；或从上一届复制，日期会相应顺延。",
    "Make the edition: of a new series, which comes first, or as a copy of the last one, whose dates move along.",
  ],
  "help.step_rooms": ["选定会议室，并填写不开放的时段。", "Choose its rooms, and say when they are closed."],
  "help.step_programme": [
    "录入场次与人员：逐条填写、从表格粘贴，或导入整份议程文件（先试导入，再写入）。",
    "Enter sessions and people: one by one, pasted from a sheet, or from a whole programme file (a dry run comes first).",
  ],
  "help.step_schedule": [
    "编排日程：把场次拖到会议室与时间上；放下之前就能看到会产生什么冲突。",
    "Arrange the schedule: drag sessions to a room and a time; you see what would conflict before you drop.",
  ],
  "help.step_conflicts": ["处理冲突：逐项解决，或写明理由予以接受。", "Settle conflicts, or accept one with a reason."],
  "help.step_release": [
    "发布：公众页面、日历订阅与导出文件只随发布更新，草稿的修改不会外露。",
    "Release: public pages, calendars and files follow releases only; what you edit in the draft stays inside.",
  ],
  "help.step_day": [
    "当天用手机：顺延一个会议室余下的场次、更换会议室、取消场次，然后再次发布。",
    "On the day, by phone: delay the rest of a room, change a room, cancel a session, and release again.",
  ],
  "help.kept_title": ["已完成的更改都会保存", "What is done is kept"],
  "help.kept": [
    "每次更改都会立即写入并记入审计记录。他人改过的内容不会被悄悄覆盖：系统会告诉您两个版本。登录失效或网络中断时，页面与已填写的内容都会保留。",
    "Every change is written at once and stands in the audit record. What others have changed is never overwritten in silence: you are shown both versions. When your session or the network ends, the page and what you typed stay.",
  ],
  "help.api": ["接口说明（控制台能做的，脚本也能做）", "The API (what this console can do, a script can do)"],
  "help.anywhere": ["任何页面", "Anywhere"],
  "help.schedule": ["编排日程", "On the schedule"],
  "help.key_palette": ["查找页面、活动与人员", "Find screens, editions and people"],
  "help.key_help": ["显示快捷键", "Show these keys"],
  "help.key_tab": ["移到下一项", "Go to the next thing"],
  "help.key_escape": ["关闭或取消", "Close, or leave as it was"],
  "help.key_lift": ["拿起或放下场次", "Lift a session, or drop it"],
  "help.key_move": ["移动拿起的场次", "Move what is lifted"],
  "help.key_resize": ["调整时长", "Change its length"],
  "help.key_take_off": ["移出日程", "Take it off the schedule"],
  "help.key_undo": ["撤销", "Undo"],
  "help.key_redo": ["重做", "Redo"],
} as const satisfies Record<string, readonly [string, string]>;
