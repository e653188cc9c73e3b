INSERT DATA { <http://ex.test/phedre> <http://ex.test/title> "Phèdre"@fr }
