export const words = {
  "consent.title": ["推荐材料：请阅读并答复", "A nomination for you to read and answer"],
  "consent.you": ["您", "You"],
  "consent.answer": ["答复", "Answer"],
  "consent.says": [
    "您的答复针对此刻所见的内容；内容改动后须重新确认。",
    "Your answer is to what you see now; when it is changed, you are asked again.",
  ],
  "consent.fill_in": [
    "推荐单位请您填写以下内容。内容自动保存；填写完毕后请通读全部内容，再在页末答复。",
    "The nominating unit lets you fill this in. It saves itself; when you are done, read all of it and answer at the end.",
  ],
  "consent.given": ["您已同意。如需更改，可重新答复。", "You have consented. You can answer anew."],
  "consent.yes": ["同意", "I consent"],
  "consent.no": ["不同意", "I decline"],
  "consent.words": ["意见或理由", "Opinion or reason"],
  "consent.words_help": ["单位意见和不同意的理由必填。", "Needed for an opinion of a unit, and for declining."],
  "consent.send": ["提交答复", "Send the answer"],
} as const satisfies Record<string, readonly [string, string]>;
