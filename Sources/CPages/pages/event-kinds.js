// The kinds of events, in words.

export const kinds = {
  "door.opened": "Door opened",
  "door.failed": "Door failed",
  "decision.identified": "Recognised",
  "decision.verified": "Verified",
  "decision.refused": "Refused",
  "person.added": "Person added",
  "person.renamed": "Person renamed",
  "person.removed": "Person removed",
  "template.added": "Photo added",
  "template.removed": "Photo removed",
  "badge.changed": "Badge changed",
  "groups.changed": "Groups changed",
  "threshold.changed": "Threshold changed",
  "key.created": "Key made",
  "key.revoked": "Key revoked",
  "session.opened": "Signed in",
  "session.refused": "Sign-in refused",
  "log.exported": "Log exported",
  "gallery.sealed": "Gallery sealed",
  "gallery.rekeyed": "Gallery sealed anew",
  "gallery.unsealed": "Gallery no longer sealed",
};

export function kindName(kind) {
  return Object.hasOwn(kinds, kind) ? kinds[kind] : kind;
}
