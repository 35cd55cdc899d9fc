export const words = {
  "home.title": ["首页", "Home"],
  "home.next_dates": ["近期日期", "Next dates"],
  "home.no_dates": ["近期没有重要日期", "No key dates ahead"],
  "home.today": ["今天", "today"],
  "home.in_days": ["{count} 天后", "in {count} days"],
  "home.now": ["进行中", "now"],
  "home.blocking": ["阻止发布的冲突", "Conflicts that block"],
  "home.unplaced": ["未编排场次", "Sessions not placed"],
  "home.missing": ["缺少译文", "Translations missing"],
  "home.approvals": ["待批准的日程发布", "Releases to be approved"],
  "home.all": ["查看全部活动", "All editions"],
  "home.nothing": ["目前没有由您负责的活动。", "There is no edition that you work on."],
  "home.begin": [
    "每届活动都属于一个系列。首次使用请先新建系列，再在其中新建活动。",
    "Every edition belongs to a series. To begin, create the series, then an edition of it.",
  ],
  "home.create_series": ["新建系列", "Create a series"],
  "home.create": ["新建活动", "Create an edition"],
  "home.wait": [
    "如需参与筹备，请联系活动负责人为您授权。公开的活动可在活动列表中查看。",
    "Whoever organizes one can let you in. Public ones stand in the list of editions.",
  ],
} as const satisfies Record<string, readonly [string, string]>;
