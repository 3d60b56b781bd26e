DROP TABLE beats;
DROP TABLE files;
DROP TABLE letters;
DROP TABLE chain;
DROP TABLE events;
