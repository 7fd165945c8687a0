"""Sentences and the claims they make, one per line: what the tests of triples read.

`=>` parts the sentence from its claims, ";" the claims. A claim is `attribute: value`, of Ana who
speaks unless `Somebody@` stands in front. A mark before it tells the mood: `-` negation, `~`
correction, `+` plan, `!` retraction; `<` after it that it has ended. Turns are parted by " / ",
those of an assistant begin with ">>". Nothing after `=>`: no claim at all.
"""

from __future__ import annotations

from typing import Final

HOME: Final = """
I live in Lisbon. => home: Lisbon
I'm living in Porto at the moment. => home: Porto
I'm based in Vienna. => home: Vienna
We've been based in Ghent since 2019. => home: Ghent
I've been living in Porto for two years now. => home: Porto
We just got the keys to our place in Braga! => home: Braga
Lisbon is home now. => home: Lisbon
Home is Rotterdam these days. => home: Rotterdam
For me home is Tallinn. => home: Tallinn
My new address is in Coimbra. => home: Coimbra
I moved over to Lisbon last March. => home: Lisbon
Moved to Aveiro in January! => home: Aveiro
I've moved back to Leeds. => home: Leeds
We relocated to Graz because of Pedro's job. => home: Graz
I relocated from Porto to Lisbon. => home: Lisbon; home: Porto<
I left Porto for Lisbon. => home: Lisbon; home: Porto<
We swapped London for Bristol two years ago. => home: Bristol; home: London<
I ended up settling in Malmö. => home: Malmö
We finally settled down in Girona. => home: Girona
I call Edinburgh home. => home: Edinburgh
My flat is in Hamburg. => home: Hamburg
My apartment's in Brooklyn. => home: Brooklyn
I rent a small flat in Lyon. => home: Lyon
We bought a house in Aarhus last year. => home: Aarhus
We've just bought our first home in Cork. => home: Cork
I found a tiny studio in Genoa. => home: Genoa
I live in a shared flat in Leipzig with two friends. => home: Leipzig
I live just outside Oxford. => home: Oxford
I live with my parents in Tartu. => home: Tartu
I currently live in Kyoto, Japan. => home: Kyoto
I still live in Bergen. => home: Bergen
i live in lisbon btw => home: lisbon
I've lived in Turin for ten years. => home: Turin
I've lived in Turin all my life. => home: Turin
We signed a lease on a flat in Bilbao. => home: Bilbao
I made the move to Copenhagen in May. => home: Copenhagen
Being a nurse, I live in Delft. => home: Delft; job: nurse
I'm originally from Braga but I live in Zurich. => hometown: Braga; home: Zurich
Basel is where I live. => home: Basel
The city I live in is Gdansk. => home: Gdansk
I got transferred to Nantes. => home: Nantes
I'm in Riga these days. => home: Riga
I'm a Lisbon resident. => home: Lisbon
I reside in the city of Antwerp. => home: Antwerp
Hi, I'm Ana from sunny Faro. => name: Ana; hometown: Faro
I'm moving to Madrid next month. => +home: Madrid
We're relocating to Oslo in the summer. => +home: Oslo
I'll be living in Dublin from September. => +home: Dublin
I'm going to move to Naples. => +home: Naples
We've decided to move to Granada. => +home: Granada
I used to live in Faro. => home: Faro<
I lived in Faro until 2019. => home: Faro<
I lived in Paris when I was a student. => home: Paris<; job: student<
I no longer live in Porto. => -home: Porto
I don't live in Porto anymore. => -home: Porto
I'm not living in Porto any longer. => -home: Porto
We moved away from Cologne. => -home: Cologne
We're not moving to Madrid after all. => -home: Madrid
"""

WORK: Final = """
I'm a nurse. => job: nurse
I'm a software engineer at Spotify. => job: software engineer; employer: Spotify
I work as a barista. => job: barista
I work at Bosch as a data analyst. => employer: Bosch; job: data analyst
I work for Siemens. => employer: Siemens
I've been working at IKEA for three years. => employer: IKEA
I'm currently employed at Deloitte. => employer: Deloitte
My job is teaching assistant at a primary school. => job: teaching assistant
My employer is Airbus. => employer: Airbus
I'm a teacher by profession. => job: teacher
I got promoted to senior engineer. => job: senior engineer
I was promoted to head of marketing last week. => job: head of marketing
I've just been promoted to team lead! => job: team lead
They made me head chef! => job: head chef
I got hired as a paralegal. => job: paralegal
I got a job as a bus driver. => job: bus driver
I landed a new role as product manager at Zalando. => job: product manager; employer: Zalando
I started working as a florist in May. => job: florist
I started at Ericsson on Monday. => employer: Ericsson
I just joined Novartis. => employer: Novartis
I joined Bosch as a data analyst. => employer: Bosch; job: data analyst
I left Google for Meta. => employer: Meta; employer: Google<
I quit my job at Siemens. => -employer: Siemens
I quit Siemens and joined Bosch. => -employer: Siemens; employer: Bosch
I'm no longer at Google. => -employer: Google
I don't work at Lidl anymore. => -employer: Lidl
I got laid off from Intel. => -employer: Intel
I was let go by Nokia last month. => -employer: Nokia
I've become a paramedic. => job: paramedic
I became a midwife in 2020. => job: midwife
I retrained as an electrician. => job: electrician
I used to be a waiter. => job: waiter<
I was a lawyer for ten years. => job: lawyer<
I used to work at Philips. => employer: Philips<
I'm no longer a teacher. => -job: teacher
I've been a nurse for ten years. => job: nurse
I'm now the director of the museum. => job: director of the museum
My day job is accounting clerk. => job: accounting clerk
My boss is Maria. => boss: Maria
I'm retired. => job: retired
I'm self-employed. => job: self-employed
I'm starting a new job at Ubisoft next week. => +employer: Ubisoft
I'm joining Roche in September. => +employer: Roche
I will be working as a ranger from June. => +job: ranger
I'm a part-time librarian. => job: librarian
I'm a freelance translator. => job: freelance translator
I make a living as an illustrator. => job: illustrator
I switched careers from law to become a carpenter. => job: carpenter
I went from waiter to restaurant manager. => job: restaurant manager; job: waiter<
I'm a nurse living in Porto. => job: nurse; home: Porto
As for work, I'm a vet. => job: vet
So yeah, I'm still working as a tour guide. => job: tour guide
My wife is a surgeon. => Ana's wife@job: surgeon
I work in a bakery. => employer: bakery
I'm an electrician and my husband Rui is a chef. => job: electrician; partner: Rui; Rui@job: chef
My title is Senior Analyst. => job: Senior Analyst
"""

PEOPLE: Final = """
My name is Ana Costa. => name: Ana Costa
I'm called Anita by everyone. => name: Anita
Call me Annie. => name: Annie
I'm 34. => age: 34
I'm 34 years old. => age: 34
I just turned 40! => age: 40
I turned thirty last week. => age: 30
I'm a 28-year-old nurse. => age: 28; job: nurse
I'll be 35 next month. => +age: 35
I'm turning 41 on Friday. => +age: 41
My birthday is on May 14. => birthday: May 14
My birthday is the 3rd of June. => birthday: 3rd of June
I was born on 12 March 1990. => birthday: 12 March 1990
My bday is July 4th. => birthday: July 4th
I'm from Braga. => hometown: Braga
I'm originally from Évora. => hometown: Évora
I come from Naples. => hometown: Naples
I grew up in Split. => hometown: Split
I was born and raised in Guimarães. => hometown: Guimarães
My hometown is Olhão. => hometown: Olhão
I was born in Setúbal. => birthplace: Setúbal; hometown: Setúbal
I'm married to Pedro. => partner: Pedro; marital status: married
My husband Pedro is an architect. => partner: Pedro; Pedro@job: architect
My husband's name is Pedro. => partner: Pedro
My wife is called Sofia. => partner: Sofia
My girlfriend, Lena, is from Berlin. => partner: Lena; Lena@hometown: Berlin
Pedro is my husband. => partner: Pedro
I'm dating Marco. => partner: Marco
I'm engaged to Filipa! => partner: Filipa; marital status: engaged
I got engaged to Filipa last night. => partner: Filipa; marital status: engaged
I got married last summer. => marital status: married
I'm single. => marital status: single
I'm divorced. => marital status: divorced
I broke up with Marco. => -partner: Marco
We split up last month. => -partner:
My boyfriend Marco and I broke up. => -partner: Marco
My sister Clara moved to Paris. => sister: Clara; Clara@home: Paris
My sister lives in Paris. => Ana's sister@home: Paris
My sister's name is Clara. => sister: Clara
My brother, Tiago, works at Nestlé. => brother: Tiago; Tiago@employer: Nestlé
I have a brother named Tiago. => brother: Tiago
I have two sisters, Clara and Inês. => sister: Clara; sister: Inês
I've got a daughter, Mia. => daughter: Mia
Our son Leo is 5. => son: Leo; Leo@age: 5
We have three kids: Leo, Mia and Tom. => child: Leo; child: Mia; child: Tom
My kids Leo and Mia love it. => child: Leo; child: Mia
My mom Teresa is a retired teacher. => mother: Teresa; Teresa@job: retired teacher
My dad's called Jorge. => father: Jorge
Mom lives in Viseu. => Ana's mom@home: Viseu
My best friend is Rita. => best friend: Rita
My best friend Rita got a dog called Bolt. => best friend: Rita; Rita@pet: Bolt
Tom is a nurse. => Tom@job: nurse
Tom is a friend of mine. => friend: Tom
A friend of mine, Tom, lives in Oslo. => friend: Tom; Tom@home: Oslo
My friend Lea, who lives in Rome, is a dentist. => friend: Lea; Lea@home: Rome; Lea@job: dentist
My neighbour Karl has a cat called Minka. => neighbour: Karl; Karl@pet: Minka
My roommate is Yuki. => roommate: Yuki
We had a baby girl, Nora! => daughter: Nora
Clara, my sister, works for Renault. => sister: Clara; Clara@employer: Renault
My sister Eva moved to Bern. She is a teacher. => sister: Eva; Eva@home: Bern; Eva@job: teacher
My nephew Hugo turned six. => nephew: Hugo; Hugo@age: 6
My grandmother Alda is 91. => grandmother: Alda; Alda@age: 91
"""

PETS: Final = """
I have a dog named Rex. => pet: Rex
I have a dog. => pet: dog
We have two cats. => pet: cats
I have two cats, Milo and Luna. => pet: Milo; pet: Luna
I've got a parrot called Kiwi. => pet: Kiwi
My dog Rex loves the beach. => pet: Rex
My dog's name is Rex. => pet: Rex
My dog is called Rex. => pet: Rex
Our cat is named Miso. => pet: Miso
We adopted a kitten called Pixel. => pet: Pixel
We adopted a rescue dog last week and named him Bruno. => pet: Bruno
I got a puppy! Her name is Daisy. => pet: Daisy
I got a golden retriever puppy named Sunny. => pet: Sunny
Luna is my cat. => pet: Luna
Took my dog Rex to the vet. => pet: Rex
My cat, Tofu, is asleep. => pet: Tofu
I own a horse called Storm. => pet: Storm
We're getting a dog next month. => +pet: dog
My dog Rex died last week. => -pet: Rex
We had to say goodbye to our dog Rex. => -pet: Rex
I used to have a hamster called Nibbles. => pet: Nibbles<
I don't have any pets. => -pet:
We no longer have a dog. => -pet: dog
The dog is called Biscuit. => pet: Biscuit
"""

HEALTH: Final = """
I'm allergic to peanuts. => allergy: peanuts
I'm severely allergic to shellfish. => allergy: shellfish
I am allergic to cats and dust. => allergy: cats; allergy: dust
I have a peanut allergy. => allergy: peanut
I've got a bad nut allergy. => allergy: nut
I have an allergy to penicillin. => allergy: penicillin
I have allergies to pollen and mould. => allergy: pollen; allergy: mould
I'm lactose intolerant. => allergy: lactose
I developed an allergy to kiwi. => allergy: kiwi
I was diagnosed with a soy allergy. => allergy: soy
Turns out I'm allergic to wasps. => allergy: wasps
I found out that I'm allergic to latex. => allergy: latex
I can't eat strawberries, I'm allergic. => allergy: strawberries
I can't have gluten because I'm allergic to it. => allergy: gluten
I break out in hives when I eat shrimp. => allergy: shrimp
Shrimp gives me hives. => allergy: Shrimp
Strawberries make me break out in a rash. => allergy: Strawberries
My allergy to bees is getting worse. => allergy: bees
My peanut allergy is a pain. => allergy: peanut
I'm no longer allergic to eggs. => -allergy: eggs
I'm not allergic to cats. => -allergy: cats
I outgrew my milk allergy. => -allergy: milk
I don't have any allergies. => -allergy:
Actually I'm allergic to walnuts, not peanuts. => ~allergy: walnuts
My son Leo is allergic to eggs. => son: Leo; Leo@allergy: eggs
I'm a vegetarian. => diet: vegetarian
I'm vegan. => diet: vegan
I went vegan in January. => diet: vegan
I've been vegetarian since I was ten. => diet: vegetarian
I've turned pescatarian. => diet: pescatarian
I'm on a keto diet. => diet: keto
I follow a gluten-free diet. => diet: gluten-free
I eat halal. => diet: halal
I'm not vegan anymore. => -diet: vegan
I stopped being vegetarian. => -diet: vegetarian
I used to be vegan. => diet: vegan<
I'm 172 cm tall. => height: 172 cm
I'm 5'10". => height: 5'10"
I weigh 70 kg. => weight: 70 kg
My height is 180 cm. => height: 180 cm
"""

TASTES: Final = """
I love hiking. => like: hiking
I love hiking and Italian food. => like: hiking; like: Italian food
I really like jazz. => like: jazz
I enjoy painting. => like: painting
I'm into photography. => like: photography
I'm a big fan of Radiohead. => like: Radiohead
I'm a huge football fan. => like: football
I'm obsessed with pottery. => like: pottery
I adore strawberries. => like: strawberries
I can't get enough of sushi. => like: sushi
I'm crazy about dark chocolate. => like: dark chocolate
I've always loved horses. => like: horses
I prefer tea. => like: tea
I fell in love with surfing. => like: surfing
I have a weakness for cheesecake. => like: cheesecake
I hate olives. => dislike: olives
I can't stand horror movies. => dislike: horror movies
I don't like mushrooms. => dislike: mushrooms
I'm not a fan of cilantro. => dislike: cilantro
I'm not into football. => dislike: football
I dislike loud bars. => dislike: loud bars
I no longer like coffee. => -like: coffee
I don't like jazz anymore. => -like: jazz
I've gone off coffee. => -like: coffee
My favourite colour is green. => favourite colour: green
My favorite food is ramen. => favourite food: ramen
My favourite book is The Hobbit. => favourite book: The Hobbit
My all-time favourite film is Amélie. => favourite film: Amélie
My favourite singer has to be Adele. => favourite singer: Adele
Green is my favourite colour. => favourite colour: Green
Dune is my favourite book of all time. => favourite book: Dune
My favourite colour used to be red. => favourite colour: red<
My favourite colour is now blue. => favourite colour: blue
My hobby is woodworking. => hobby: woodworking
My hobbies are chess and climbing. => hobby: chess; hobby: climbing
I took up knitting last winter. => hobby: knitting
I've taken up pottery. => hobby: pottery
I play tennis. => hobby: tennis
I do yoga every morning. => hobby: yoga
I go climbing every weekend. => hobby: climbing
In my free time I paint. => hobby: paint
I started bouldering. => hobby: bouldering
I gave up chess. => -hobby: chess
I play the piano. => instrument: piano
I can play the guitar and the drums. => instrument: guitar; instrument: drums
I'm learning the cello. => instrument: cello
I play violin in an orchestra. => instrument: violin
I speak French and a bit of Polish. => language: French; language: Polish
I'm fluent in Spanish. => language: Spanish
My native language is Portuguese. => language: Portuguese
I speak fluent Dutch. => language: Dutch
I don't speak German. => -language: German
I can speak Japanese a little. => language: Japanese
"""

THINGS: Final = """
I drive a Toyota Corolla. => car: Toyota Corolla
My car is a Tesla. => car: Tesla
I bought a used Golf. => car: Golf
I have a Fiat 500. => car: Fiat 500
I sold my Volvo. => -car: Volvo
I traded my Golf in for a Tesla. => car: Tesla
I own a sailing boat. => owns: sailing boat
I bought a telescope. => owns: telescope
I just bought myself a new camera. => owns: camera
I have a piano. => owns: piano
I sold my motorbike. => -owns: motorbike
I got rid of my bike. => -owns: bike
My commute is 40 minutes. => commute: 40 minutes
My commute takes about an hour. => commute: 1 hours
It takes me 25 minutes to get to work. => commute: 25 minutes
I have a 50-minute commute. => commute: 50 minutes
I spend half an hour commuting. => commute: 30 minutes
My salary is 60,000 euros. => salary: 60000 EUR
I make $85k a year. => salary: 85000 USD
My rent is 900 euros. => rent: 900 EUR
I pay 1,200 euros rent. => rent: 1200 EUR
I paid 300 euros for the bike. => price of the bike: 300 EUR
The bike cost me 300 euros. => price of the bike: 300 EUR
My new laptop cost $1,500. => price of the laptop: 1500 USD
We spent 2000 euros on the sofa. => price of the sofa: 2000 EUR
I bought the painting for 450 euros. => price of the painting: 450 EUR
My budget is 1500 euros. => budget: 1500 EUR
My budget for the trip is 800 euros. => budget for the trip: 800 EUR
My email is ana@example.org. => email: ana@example.org
My phone number is +351 912 345 678. => phone: +351 912 345 678
You can reach me at ana@example.org. => email: ana@example.org
I'm Portuguese. => nationality: Portuguese
I have a Brazilian passport. => nationality: Brazilian
I'm a Catholic. => religion: Catholic
I converted to Buddhism. => religion: Buddhism
I went to Japan last year. => visited: Japan
I've been to Iceland twice. => visited: Iceland
We visited Rome in April. => visited: Rome
I just got back from Morocco. => visited: Morocco
I study biology at Leiden University. => school: Leiden University
I go to Trinity College. => school: Trinity College
I'm a student at ETH Zurich. => school: ETH Zurich
I graduated from Coimbra University in 2015. => -school: Coimbra University
My blood type is O+. => blood type: O+
My shoe size is 38. => shoe size: 38
"""

DIALOGUE: Final = """
>>So you live in Lisbon, right? / Yes, exactly. => home: Lisbon
>>You live in Lisbon. / No, in Porto. =>
>>You told me that you live in Lisbon. / What is the weather like? =>
>>Do you still work at Bosch? / Yep! => employer: Bosch
>>Where do you live? / Lisbon! => home: Lisbon
>>Where do you live? / In Lisbon, near the river. => home: Lisbon
>>What's your dog's name? / Rex => pet: Rex
>>Do you have any allergies? / Yes, peanuts and shellfish. => allergy: peanuts; allergy: shellfish
>>What do you do for a living? / I'm a nurse. => job: nurse
>>How old are you? / 34 => age: 34
>>Are you married? / No, single. =>
I live in Porto. / Sorry, I meant Braga. => home: Porto; ~home: Braga
I have a dog named Max. / It's Rex, not Max. => pet: Max; ~pet: Rex
I'm allergic to peanuts. / *walnuts => allergy: peanuts; ~allergy: walnuts
I live in Porto. Oops, I meant Braga! => home: Porto; ~home: Braga
My sister Clara lives in Rome. Sorry, Milan. => sister: Clara; Clara@home: Rome; ~Clara@home: Milan
I work at Siemens. / Not Siemens, Bosch. => employer: Siemens; ~employer: Bosch
Actually, my sister's name is Clara. => ~sister: Clara
No wait, I live in Braga, not Porto. => ~home: Braga
I live in Porto. / Forget what I said about Porto. => home: Porto; !home: Porto
I work at Bosch. / Please forget what I told you about my job. => employer: Bosch; !employer: Bosch
I'm vegan. / Scratch that. => diet: vegan; !diet: vegan
I live on Mars now, in Olympus. Just kidding! =>
I live in Porto. / Just kidding! => home: Porto; !home: Porto
Did I tell you that I moved to Lisbon? => home: Lisbon
You know I live in Porto. => home: Porto
I live in Porto, have you ever been there? => home: Porto
Guess what? I'm moving to Berlin in July! => +home: Berlin
"""

NOTHING: Final = """
Do you live in Lisbon?
Where do I live?
I wish I lived in Lisbon.
If I lived in Lisbon, I would be happy.
If I move to Paris, I'll get a cat.
I would love to live in Paris.
I might move to Paris next year.
Maybe I'll move to Paris.
I'm thinking of moving to Paris.
Imagine I lived in Tokyo.
I dream of living in Rome.
I could live in Rome.
I almost moved to Rome.
I want to move to Rome.
I want a dog.
I'd like to get a cat named Leo.
I'd love to be a nurse.
My friend said she lives in Paris.
He told me "I live in Paris and I work at Bosch".
"I live in Madrid," said the man in the story.
> I live in Madrid
In the novel, I live in Paris.
In my dream I lived in Paris.
I live on the moon lol
I have a pet dragon named Smaug, haha
I'm married to Beyoncé, just kidding!
People think I live in Paris.
She thinks I'm a nurse.
I never said I live in Paris.
I'm a big believer in naps.
I'm a bit tired.
I'm a mess.
I'm from HR.
I'm 100% sure.
I'm 5 minutes away.
I'm in a hurry.
I'm at work.
I live in fear of spiders.
I live in the moment.
I work from home.
I work hard.
I work at night.
I work with Anna.
I love it!
I love you.
I love that you painted it.
I love your dog.
I like the idea.
I like how you did it.
I hate it when that happens.
I have a question.
I have a meeting.
I have a cold.
I have a friend.
I have no idea.
My day was great.
My life is a mess.
My favourite part is the end.
My favourite thing about it is the food.
What is your favourite colour?
You live in Lisbon.
Your sister lives in Paris.
You should move to Paris.
Let's go to Paris!
Everyone loves pizza.
People live in Paris.
It was a great day.
They live in Paris.
>>I live in your phone.
Thanks, I'm glad to hear it.
Moving on, what about lunch?
How long have you lived in Porto?
Should I get a dog?
Would you rather live in Rome or in Milan?
As if I lived in Paris.
I was about to move to Paris.
I was supposed to work at Bosch.
I applied for a job at Google.
I have an interview at Google.
I was offered a job at Google.
I didn't move to Paris.
I never lived in Paris.
I'm not sure whether I'm allergic to nuts.
I think he works at Google.
My dream job is astronaut.
My character is a wizard named Gandalf and he lives in Mordor.
I asked him if he lives in Rome.
I feel like a teacher sometimes.
I'm like a mother to her.
I'm such a child.
I'm a morning person.
I'm a member of the club.
I'm single-handedly fixing the roof.
I'm engaged in the project.
I'm attached to it.
I made pasta for dinner.
I got a headache.
I got a new haircut.
I bought bread.
We had a great time.
"""

FOREIGN: Final = """
Me llamo Lucía y vivo en Sevilla. => name: Lucía; home: Sevilla
Soy enfermera. => job: enfermera
Tengo 34 años. => age: 34
Soy alérgica a los cacahuetes. => allergy: cacahuetes
Me encanta el cine. => like: cine
No me gustan las aceitunas. => dislike: aceitunas
Mi perro se llama Toby. => pet: Toby
Mi marido, Carlos, trabaja mucho. => partner: Carlos
Me mudé a Madrid el año pasado. => home: Madrid
Antes vivía en Lima. => home: Lima<
Ya no vivo en Lima. => -home: Lima
Soy de Granada. => hometown: Granada
Ich heiße Jonas. => name: Jonas
Wir wohnen in Leipzig. => home: Leipzig
Ich bin Lehrer. => job: Lehrer
Ich bin 29 Jahre alt. => age: 29
Ich bin allergisch gegen Nüsse. => allergy: Nüsse
Ich habe eine Nussallergie. => allergy: Nuss
Ich liebe Wandern. => like: Wandern
Mein Hund heißt Bello. => pet: Bello
Meine Frau Katja ist nett. => partner: Katja
Ich bin nach Wien gezogen. => home: Wien
Ich arbeite bei Siemens. => employer: Siemens
Ich wohne nicht mehr in Leipzig. => -home: Leipzig
Je m'appelle Amélie et j'habite à Lyon. => name: Amélie; home: Lyon
Je suis infirmière. => job: infirmière
J'ai 41 ans. => age: 41
Je suis allergique aux arachides. => allergy: arachides
J'adore la randonnée. => like: randonnée
Mon chien s'appelle Rocky. => pet: Rocky
J'ai déménagé à Nantes. => home: Nantes
Je travaille chez Renault. => employer: Renault
Je n'habite plus à Lyon. => -home: Lyon
我叫王明，我住在北京。 => name: 王明; home: 北京
我是一名医生。 => job: 医生
我今年30岁。 => age: 30
我对花生过敏。 => allergy: 花生
我喜欢游泳。 => like: 游泳
我的狗叫旺财。 => pet: 旺财
我的妻子叫李丽。 => partner: 李丽
我上个月搬到了上海。 => home: 上海
我来自成都。 => hometown: 成都
你住在哪里？ =>
¿Vives en Lima? =>
Wohnst du in Berlin? =>
如果我住在北京就好了。 =>
Si viviera en París sería feliz. =>
"""
