-- Who was made from a template: before it is deleted, and in lists of it.

CREATE INDEX instances_by_template ON instances (template_id, org_id, deleted_us);
