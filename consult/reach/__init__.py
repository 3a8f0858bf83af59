"""By which means each member can take part: asked, answered, and seen by officers, who telephone whoever letters do not reach."""
