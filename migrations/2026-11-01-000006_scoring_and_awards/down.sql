DROP TABLE award_outcomes;
DROP TABLE awards;
DROP TABLE evaluations;
DROP TABLE assignments;
DROP TABLE impartiality;
