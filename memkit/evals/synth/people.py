"""Names of people and pets to draw from."""

from __future__ import annotations

from typing import Final

FEMALE: Final = tuple(
    """
Adaeze Agnes Aiko Ainhoa Alba Alina Amara Amelie Amina Anika Anneke Annika Anouk Antonia Anwen
Aoife Ariadne Asha Astrid Aurelia Ayla Beatriz Bettina Bianca Birgit Branwen Bridget Camille
Carmela Catalina Cecily Celeste Chiara Chloe Clara Claudine Constance Cosima Dagny Dalia Daphne
Delphine Dilara Dorothea Ebba Edith Elena Elif Elodie Eloise Elspeth Emeka-Rose Esme Estelle
Eulalia Eva Farah Fatima Fenna Fiona Flavia Freya Frida Gemma Genevieve Georgia Giulia Greta
Gudrun Gwen Hana Hanneke Harriet Hedda Helena Henrike Hilde Ida Ilse Imogen Ines Ingrid Irena
Isabel Isolde Ivana Ivy Jacinta Jamila Jana Jette Johanna Jolanda Josefina Julieta Juniper Kaja
Karin Katya Keiko Kirsten Lalita Larissa Leila Leonie Lidia Linnea Livia Lotte Lucia Ludmila Luisa
Maeve Magda Maite Malin Maren Margot Mariam Marisol Marta Matilda Mei Melanie Merete Mira Miriam
Moira Nadia Naomi Natasha Neve Nina Noor Nuala Odette Olga Olivia Ottilie Paloma Paula Perpetua
Petra Philippa Pilar Priya Ragna Ramona Rania Renata Rhiannon Romy Rosalind Rukmini Sabine Salma
Saoirse Selma Shirin Sigrid Silvia Simone Siobhan Sofia Solveig Stella Sunniva Svetlana Tabitha
Tamsin Tatiana Thea Theresa Tilda Tomoko Tova Ulrike Ursula Valentina Vanessa Vera Veronika Vesna
Viola Wanda Wilhelmina Xenia Yael Yasmin Yvonne Zahra Zelda Zora Zuzana
""".split()
)
MALE: Final = tuple(
    """
Abel Adil Adrian Aksel Alasdair Alberto Alexei Alistair Anders Andrei Ansel Anton Arjun Arne
Arthur Asher Augustin Axel Balthasar Bartosz Basil Benedict Benoit Bertrand Bjorn Boris Bruno
Caspar Cedric Cesar Christoph Ciaran Clemens Conrad Cormac Cyril Damian Dario Declan Dieter
Dimitri Diego Dominic Duncan Edmund Edvard Eero Eamon Elias Emil Emre Enrico Enzo Erwin Esteban
Ezra Fabian Farid Felix Fergus Fernando Fintan Florian Francois Frederik Gael Gareth Gaspard
Gerard Gideon Gilles Giorgio Gregor Gunnar Gustav Hakan Hamish Hannes Harald Hector Hendrik
Henning Hugo Humphrey Ibrahim Ignacio Igor Ilya Ismail Ivo Jabari Jakob Jannik Jasper Javier Jens
Joaquin Jonas Jorge Julius Kaito Kamil Karim Kaspar Kenji Kieran Klaus Konrad Kwame Lachlan Lars
Laszlo Leander Leif Lennart Leopold Lorenz Luca Lucian Ludo Magnus Malik Manfred Marcel Marek
Mateo Matthias Maurice Mikkel Milan Milos Moritz Nasir Nestor Niall Nicolas Niels Nikolai Oleg
Oliver Omar Orson Oscar Osman Otis Otto Pablo Pascal Patrick Pavel Pedro Piotr Quentin Radek
Rafael Ragnar Rahul Ramiro Raoul Rashid Reinhard Renzo Roland Roman Ronan Rory Ruben Rupert
Salvador Samir Sander Sebastian Sergei Silas Simon Soren Stefan Stellan Sven Tadeusz Tariq
Thaddeus Theo Thibault Tobias Tomas Torsten Tristan Ulrich Umberto Valentin Vasco Victor
Viggo Vikram Vincent Vladimir Walter Wendell Wolfgang Xavier Yannick Yusuf Zane Zeno Zoltan
""".split()
)
SURNAME_BEGINNINGS: Final = tuple(
    """
Ald Ander Ashby Bern Birch Blom Borg Brenn Cald Carr Cast Crom Dahl Darl Ell Engel Fair Fal Fern
Gald Grim Hall Harg Hart Hern Holm Jarr Kell Kirk Lang Lind Lock Marr Mel Mor Nord Oak Ost Pell
Quill Rav Ros Sand Stav Thorn Ulv Vand Wald Wex Whit Yar Zell
""".split()
)
SURNAME_ENDINGS: Final = tuple(
    """
aro berg bury by croft da dal del den dine er feld ford gate gren hart holt ina ing ini ker kov
lake land ley lin low man mann mer ner nik oni orth ossa ova quist rell rick sen ski son stad
ström ton ulis vall ville wald well wick witz worth
""".split()
)
PETS: Final = tuple(
    """
Alfie Apricot Arrow Bagel Bandit Banjo Barley Basilisk Beans Bingo Biscuit Blini Blossom Bonbon
Boots Bracken Bramble Brie Bubbles Bumble Buster Button Caramel Cashew Chai Chestnut Chip Chutney
Cinder Clover Cobweb Coco Comet Cookie Cricket Crumpet Cupcake Custard Daisy Dandelion Dill Domino
Doodle Dumpling Dusty Ember Fennel Fidget Figgy Flapjack Floss Freckle Fudge Gadget Gherkin Giblet
Ginger Gizmo Gnocchi Goose Gravy Hazelnut Honey Hopper Hoover Inky Jelly Jigsaw Juno Kettle Kipper
Kiwi Laddie Latte Lentil Licorice Linguine Lolly Luna Macaroon Mango Maple Marbles Marmite
Meatball Midge Milo Minty Mocha Mochi Moss Muffin Mustard Nacho Nettle Nibbles Noodle Nougat
Nugget Nutmeg Olive Onion Oreo Pancake Panda Paprika Parsnip Patch Peaches Peanut Pebble Pepper
Pesto Pickle Pippin Pixel Plum Pocket Popcorn Porridge Poppy Pretzel Pudding Puddle Pumpkin Quinoa
Radish Rascal Ravioli Rocket Rolo Roo Rusty Sage Salsa Scamp Schnitzel Scout Shadow Smudge
Snickers Socks Sorrel Soup Sparky Spud Squash Sushi Taco Tango Teasel Teddy Thimble Tigger Tinsel
Toast Toffee Tofu Treacle Truffle Tumble Turnip Twiglet Waffle Whiskey Widget Wombat Ziggy Zippy
""".split()
)
