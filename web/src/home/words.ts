export const words = {
  "home.title": ["首页", "Home"],
} as const satisfies Record<string, readonly [string, string]>;
