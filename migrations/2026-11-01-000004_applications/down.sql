DROP TABLE document_prints;
DROP TABLE submissions;
DROP TABLE attachments;
DROP TABLE application_themes;
DROP TABLE application_places;
DROP TABLE application_parts;
DROP TABLE deadline_decisions;
DROP TABLE applications;
