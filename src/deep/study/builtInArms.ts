/** The arms of the studies on images: all labels, with and without attack; few labels; pseudo-labels; and both. */
export const ARMS = (attack: object): readonly object[] => [
  { name: "standard", labels: "all" },
  { name: "adversarial", labels: "all", attack },
  { name: "few" },
  { name: "few adversarial", attack },
  { name: "semi-supervised", pseudoLabels: true },
  { name: "both", pseudoLabels: true, attack },
];

/** What each way of training is worth over the one without it. */
export const ARM_CONTRASTS: readonly (readonly [string, string])[] = [
  ["adversarial", "standard"],
  ["semi-supervised", "few"],
  ["both", "semi-supervised"],
  ["both", "few"],
  ["both", "few adversarial"],
];

/** What an attack does besides: it takes four times the gradients, and it adds noise. */
export const CONTROLS: readonly object[] = [
  { name: "standard with equal work", labels: "all", stepsFactor: 4 },
  { name: "Gaussian noise", labels: "all", augmentation: { sd: 0.3 } },
];

export const CONTROL_CONTRASTS: readonly (readonly [string, string])[] = [
  ["adversarial", "standard with equal work"],
  ["adversarial", "Gaussian noise"],
];
