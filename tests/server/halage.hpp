#pragma once

#include <string_view>

namespace scenograph::server::tests {

/// An invented venue with one show, as Turtle relative to the base of the tests.
inline constexpr std::string_view halage = R"(
@prefix schema: <http://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

<http://ex.test/graph/halage> rdfs:label "Théâtre du Halage, billetterie"@fr, "Halage theatre, box office"@en ;
    dcterms:modified "2026-11-02"^^xsd:date .

<id/place/halage> a schema:PerformingArtsTheater ;
    schema:name "Théâtre du Halage"@fr ;
    schema:description "Une salle de 320 places au bord du canal, ouverte en 1931 dans une ancienne filature."@fr ;
    schema:address [ a schema:PostalAddress ; schema:streetAddress "4 quai du Halage" ; schema:postalCode "49100" ;
        schema:addressLocality "Angers" ; schema:addressCountry "FR" ] ;
    schema:geo [ a schema:GeoCoordinates ; schema:latitude 47.4784 ; schema:longitude -0.5632 ] ;
    schema:url <https://halage.ex.test/> .

<id/organization/rive> a schema:TheaterGroup ; schema:name "Compagnie Rive Haute"@fr .
<id/person/ruiz> a schema:Person ; schema:name "Ana Ruiz" .
<id/person/lemaire> a schema:Person ; schema:name "Inès Lemaire" .
<id/person/racine> a schema:Person ; schema:name "Jean Racine" ; schema:sameAs <http://www.wikidata.org/entity/Q742> .

<id/work/phedre> a schema:Play ; schema:name "Phèdre"@fr, "Phaedra"@en ; schema:author <id/person/racine> .

<id/series/phedre-halage> a schema:EventSeries ;
    schema:name "Phèdre"@fr, "Phaedra"@en ;
    schema:description "Ana Ruiz resserre la tragédie sur trois voix et un chœur de percussions. Une lecture nerveuse, où l'aveu arrive trop tard."@fr ;
    schema:workPerformed <id/work/phedre> ;
    schema:location <id/place/halage> ;
    schema:director <id/person/ruiz> ;
    schema:organizer <id/organization/rive> ;
    schema:startDate "2099-12-11"^^xsd:date ; schema:endDate "2099-12-13"^^xsd:date ;
    dcterms:modified "2026-11-02T09:30:00+01:00"^^xsd:dateTime .

<id/event/phedre-1> a schema:TheaterEvent ;
    schema:name "Phèdre"@fr, "Phaedra"@en ;
    schema:superEvent <id/series/phedre-halage> ;
    schema:workPerformed <id/work/phedre> ;
    schema:location <id/place/halage> ;
    schema:startDate "2099-12-11T20:30:00+01:00"^^xsd:dateTime ;
    schema:endDate "2099-12-11T22:15:00+01:00"^^xsd:dateTime ;
    schema:eventStatus schema:EventScheduled ;
    schema:performer <id/part/role-1>, <id/organization/rive> ;
    schema:offers <id/part/offer-1>, <id/part/offer-2> .
<id/part/role-1> a schema:PerformanceRole ; schema:performer <id/person/lemaire> ; schema:characterName "Phèdre" .
<id/part/offer-1> a schema:Offer ; schema:name "Plein tarif"@fr ; schema:price 24.00 ; schema:priceCurrency "EUR" ;
    schema:availability schema:InStock ; schema:url <https://halage.ex.test/billets/phedre> .
<id/part/offer-2> a schema:Offer ; schema:name "Moins de 26 ans"@fr ; schema:price 12 ; schema:priceCurrency "EUR" .

<id/event/phedre-2> a schema:TheaterEvent ;
    schema:name "Phèdre"@fr, "Phaedra"@en ;
    schema:superEvent <id/series/phedre-halage> ;
    schema:workPerformed <id/work/phedre> ;
    schema:location <id/place/halage> ;
    schema:startDate "2099-12-13T17:00:00+01:00"^^xsd:dateTime ;
    schema:eventStatus schema:EventCancelled .

<id/event/concert-2019> a schema:MusicEvent ;
    schema:name "Nocturnes <pour> rire & \"pleurer\""@fr ;
    schema:location <id/place/halage> ;
    schema:startDate "2019-05-04T20:00:00+02:00"^^xsd:dateTime .

<id/event/old-id> owl:sameAs <id/event/phedre-1> .
<http://other.ex.test/show/7> a schema:Event ; schema:name "Les Oiseaux d'à côté"@fr ; schema:startDate "2099-01-31"^^xsd:date .
)";

}  // namespace scenograph::server::tests
