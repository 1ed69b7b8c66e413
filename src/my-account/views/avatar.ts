import { initialsOf } from '../rules.js';

/** A user's picture, or what stands in its place. */
export interface AvatarView {
  /** Changes with the picture; null without one. */
  version: string | null;
  initials: string;
}

export const avatarView = (user: { avatarId: string | null; name: string }): AvatarView => ({
  version: user.avatarId && user.avatarId.slice(0, 8),
  initials: initialsOf(user.name),
});
